import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';

export interface SseEvent {
    event: string;
    /** Of this event itself; undefined if it has none. */
    id: string | undefined;
    data: string;
}

export interface SseParser {
    push(chunk: Buffer): void;
}

/** Reads server-sent events from bytes, which may be split anywhere. */
export function createSseParser(onEvent: (event: SseEvent) => void): SseParser {
    const decoder = new StringDecoder('utf8');
    const parser = createParser({ onEvent: ({ event = 'message', id, data }) => onEvent({ event, id, data }) });
    return { push: chunk => parser.feed(decoder.write(chunk)) };
}
