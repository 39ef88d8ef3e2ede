const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const FIRST_CAPACITY = 65_536;

/** One line without its line feed, or that a line was over the limit. */
export type Line = { bytes: Buffer } | 'too-long';

/**
 * Splits a byte stream into lines. It reads the next chunk only after all lines of the chunk before have been consumed, so
 * a slow consumer pauses the stream. A last line without a line feed counts as a line. A byte order mark at the start is
 * dropped.
 *
 * @param maxBytes longest line; the rest of a longer line is discarded.
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

/** Collects the bytes of one line in one buffer, from any number of chunks. */
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

    /** Doubles the buffer, so that a line in many small chunks is not copied once for each chunk. */
    #grow(length: number): void {
        const grown = Buffer.allocUnsafe(Math.max(length, 2 * this.#kept.length, FIRST_CAPACITY));
        this.#kept.copy(grown, 0, 0, this.#length);
        this.#kept = grown;
    }
}
