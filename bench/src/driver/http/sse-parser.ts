import { StringDecoder } from 'node:string_decoder';

export interface SseEvent {
    event: string;
    /** Of this event itself; undefined when it carries none. */
    id: string | undefined;
    data: string;
}

export interface SseParser {
    push(chunk: Buffer): void;
}

/**
 * Reads server-sent events from bytes that come in any portions. Comments and `retry` are passed over, and an event
 * that was not finished by an empty line does not count, as the HTML standard has it (section 9.2.6).
 */
export function createSseParser(onEvent: (event: SseEvent) => void): SseParser {
    const decoder = new StringDecoder('utf8');
    /** The start of a line whose end has not come yet, in pieces: joining them each time would cost the square. */
    let pieces: string[] = [];
    let skipLineFeed = false;
    let event = '';
    let id: string | undefined;
    let data: string[] = [];

    const dispatch = () => {
        if (data.length > 0) onEvent({ event: event || 'message', id, data: data.join('\n') });
        event = '';
        id = undefined;
        data = [];
    };
    const readLine = (line: string) => {
        if (line === '') return dispatch();
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
        if (field === 'data') data.push(value);
        else if (field === 'event') event = value;
        else if (field === 'id') id = value;
    };

    return {
        push(chunk) {
            let text = decoder.write(chunk);
            // A line break of two characters may come in two portions.
            if (skipLineFeed && text.startsWith('\n')) text = text.slice(1);
            if (text !== '') skipLineFeed = text.endsWith('\r');
            const lines = text.split(/\r\n|\n|\r/);
            const unfinished = lines.pop() ?? '';
            for (const line of lines) {
                readLine(pieces.length > 0 ? pieces.join('') + line : line);
                pieces = [];
            }
            if (unfinished !== '') pieces.push(unfinished);
        }
    };
}
