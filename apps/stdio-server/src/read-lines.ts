const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const FIRST_CAPACITY = 65_536;

/** One line without its line feed, or that a line was over the limit. */
export type Line = { bytes: Buffer } | 'too-long';

/**
 * Splits a byte stream into lines. The next chunk is read only after every line of the chunk before it has been taken,
 * so a slow consumer pauses the stream. A last line without a line feed counts as a line. A byte order mark in front of
 * the first line is dropped.
 *
 * @param maxBytes the longest line; of a longer one no more than this is kept, and the rest is discarded.
 */
export async function* readLines(input: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
    const line = new LineBuffer(maxBytes);
    let isFirst = true;
    const take = (): Line => {
        const taken = line.take();
        if (!isFirst || taken === 'too-long') return taken;
        isFirst = false;
        const hasMark = taken.bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
        return hasMark ? { bytes: taken.bytes.subarray(BYTE_ORDER_MARK.length) } : taken;
    };
    for await (const chunk of input) {
        let start = 0;
        for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
            line.append(chunk.subarray(start, end));
            yield take();
            start = end + 1;
        }
        line.append(chunk.subarray(start));
    }
    if (!line.isEmpty) yield take();
}

/** The bytes of one line, in one buffer however many chunks they come in. */
class LineBuffer {
    readonly #maxBytes: number;
    #kept: Buffer = Buffer.alloc(0);
    #length = 0;

    constructor(maxBytes: number) {
        this.#maxBytes = maxBytes;
    }

    get isEmpty(): boolean {
        return this.#length === 0;
    }

    append(bytes: Buffer): void {
        const length = this.#length + bytes.length;
        if (length <= this.#maxBytes) {
            if (this.#length === 0) this.#kept = bytes;
            else {
                if (length > this.#kept.length) this.#grow(length);
                bytes.copy(this.#kept, this.#length);
            }
        }
        this.#length = length;
    }

    take(): Line {
        const line: Line = this.#length > this.#maxBytes ? 'too-long' : { bytes: this.#kept.subarray(0, this.#length) };
        this.#kept = Buffer.alloc(0);
        this.#length = 0;
        return line;
    }

    /** Doubles the buffer, so that a line in many small chunks is not copied for each of them. */
    #grow(length: number): void {
        const grown = Buffer.allocUnsafe(Math.max(length, 2 * this.#kept.length, FIRST_CAPACITY));
        this.#kept.copy(grown, 0, 0, this.#length);
        this.#kept = grown;
    }
}
