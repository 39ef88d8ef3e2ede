/** Something in a stream of events, with the text it was received as. */
export type SseFrame =
    | { kind: 'event'; event: string; id: string; data: string; raw: string }
    | { kind: 'comment'; text: string; raw: string }
    | { kind: 'retry'; ms: number; raw: string };

export interface SseParser {
    /** Takes text in pieces of any size; returns the frames that are whole now. */
    feed(piece: string): SseFrame[];
    /** The id that counts when the stream is opened again: the one of the last whole frame, an event or not. */
    readonly lastId: string;
}

/**
 * Reads a stream of events as the HTML specification says ("Interpreting an event stream"), and keeps what that throws
 * away: comments, and the text of each frame. A frame reaches to its empty line. One that holds a comment or a `retry:`
 * beside an event gives several, each with the same text.
 *
 * @param lastId the id where the stream before went on from.
 */
export function createSseParser(lastId = ''): SseParser {
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
            // An id with NUL is none, by the specification.
            else if (name === 'id' && !value.includes('\0')) lastId = value;
            else if (name === 'retry' && /^\d+$/.test(value))
                frames.push({ kind: 'retry', ms: Math.min(Number(value), Number.MAX_SAFE_INTEGER), raw: text });
        }
        raw = '';
        lines = [];
        // Without a line of data there is no event, whatever else is there.
        if (data.length === 0) return frames;
        return [...frames, { kind: 'event', event: event || 'message', id: lastId, data: data.join('\n'), raw: text }];
    };

    return {
        get lastId() {
            return lastId;
        },
        feed(piece) {
            if (isFirst && piece !== '') {
                isFirst = false;
                pending = piece.startsWith('\uFEFF') ? piece.slice(1) : piece;
            } else pending += piece;
            // A line may come in many pieces: searched with each of them, a long one would take for ever.
            if (!endsInCr && !/[\r\n]/.test(piece)) return [];
            const frames: SseFrame[] = [];
            let from = 0;
            for (const { index, 0: ending } of pending.matchAll(/\r\n|\n|\r/g)) {
                // Its LF may be in the next piece.
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
