/** A part of an event stream, with its text as received. */
export type SseFrame =
    | { kind: 'event'; event: string; id: string; data: string; raw: string }
    | { kind: 'comment'; text: string; raw: string }
    | { kind: 'retry'; ms: number; raw: string };

/**
 * Parses an event stream as the HTML specification says ("Interpreting an event stream"), and keeps what the
 * specification discards: comments, and the text of each frame. `eventsource-parser` cannot replace it, because it
 * reports neither that text nor the id of a frame without data. A frame ends with an empty line. A frame that holds a
 * comment or a `retry:` as well as an event gives several results, each with the same text.
 *
 * @param lastId the last event id of the previous connection.
 */
export function createSseParser(lastId = '') {
    let pending = '';
    let raw = '';
    let lines: string[] = [];
    let isFirst = true;
    let endsInCr = false;

    const endFrame = (): SseFrame[] => {
        const text = raw;
        const frames: SseFrame[] = [];
        let event = '';
        const data: string[] = [];
        for (const line of lines) {
            const [name, value] = splitLine(line);
            if (name === '') frames.push({ kind: 'comment', text: value, raw: text });
            else if (name === 'event') event = value;
            else if (name === 'data') data.push(value);
            // The specification ignores an id with NUL.
            else if (name === 'id' && !value.includes('\0')) lastId = value;
            else if (name === 'retry' && /^\d+$/.test(value))
                frames.push({ kind: 'retry', ms: Math.min(Number(value), Number.MAX_SAFE_INTEGER), raw: text });
        }
        raw = '';
        lines = [];
        // A frame without a data line is not an event.
        if (data.length === 0) return frames;
        return [...frames, { kind: 'event', event: event || 'message', id: lastId, data: data.join('\n'), raw: text }];
    };

    return {
        /** The id for `Last-Event-ID`: that of the last complete frame, even if the frame had no data. */
        get lastId() {
            return lastId;
        },
        /** Takes text in chunks of any size. Returns the frames that are complete. */
        feed(piece: string): SseFrame[] {
            if (isFirst && piece !== '') {
                isFirst = false;
                pending = piece.startsWith('\uFEFF') ? piece.slice(1) : piece;
            } else pending += piece;
            // Without this check, a long line in many chunks would be searched again with each chunk.
            if (!endsInCr && !/[\r\n]/.test(piece)) return [];
            const frames: SseFrame[] = [];
            let from = 0;
            for (const { index, 0: ending } of pending.matchAll(/\r\n|\n|\r/g)) {
                // The LF may be in the next chunk.
                if (ending === '\r' && index === pending.length - 1) break;
                const line = pending.slice(from, index);
                from = index + ending.length;
                raw += line + ending;
                if (line !== '') lines.push(line);
                else if (lines.length > 0) frames.push(...endFrame());
                else raw = '';
            }
            pending = pending.slice(from);
            endsInCr = pending.endsWith('\r');
            return frames;
        }
    };
}

/** The name and the value of a line's field; the name of a comment is empty. */
function splitLine(line: string): [name: string, value: string] {
    const colon = line.indexOf(':');
    if (colon === -1) return [line, ''];
    const value = line.slice(colon + 1);
    return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value];
}
