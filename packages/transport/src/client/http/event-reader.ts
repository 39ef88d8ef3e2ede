import { createParser } from 'eventsource-parser';
import { boundWait } from '../timing.ts';
import type { TransportError } from '../transport-error.ts';
import { LARGEST_MESSAGE, tooLarge } from './bound-body.ts';

/** Receives what an event stream brings. */
export interface EventStreamListener {
    /** An event with data. Its id fits in a header. */
    event(data: string, type: string | undefined, id: string | undefined): void;
    /** The server sets the wait before a reconnect, in milliseconds; already limited by `timing.ts`. */
    retry(ms: number): void;
    /** The server sent something; it may be only a comment. */
    heard?(): void;
}

/**
 * Reads an event stream as browsers do. Returns a function that reads the next piece, and resolves to whether there was one.
 * It rejects if the connection breaks, and with `too-large` if an event exceeds the limit.
 */
export function createEventReader(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    listener: EventStreamListener
): () => Promise<boolean> {
    const decoder = new TextDecoder();
    const toLineFeeds = createLineFeeds();
    let failure: TransportError | undefined;
    const parser = createParser({
        maxBufferSize: LARGEST_MESSAGE,
        onEvent: ({ event: type, id, data }) => listener.event(data, type, toHeaderValue(id)),
        onRetry: ms => listener.retry(boundWait(ms)),
        onError: ({ type }) => {
            if (type === 'max-buffer-size-exceeded') failure = tooLarge('an event');
        }
    });
    return async () => {
        const { value, done } = await reader.read();
        if (done) return false;
        listener.heard?.();
        parser.feed(toLineFeeds(decoder.decode(value, { stream: true })));
        if (!failure) return true;
        await reader.cancel(failure);
        throw failure;
    };
}

/** Turns CRLF and CR into LF, also if a CRLF is split between two pieces: the parser waits for another character after a CR. */
function createLineFeeds(): (piece: string) => string {
    let endedInCr = false;
    return piece => {
        const text = endedInCr && piece.startsWith('\n') ? piece.slice(1) : piece;
        if (piece !== '') endedInCr = piece.endsWith('\r');
        return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    };
}

/**
 * The id as a value of `Last-Event-ID`: one character for each byte of its UTF-8, as browsers send it. Returns undefined
 * for an id with a control character, which no header can carry.
 */
function toHeaderValue(id: string | undefined): string | undefined {
    if (id === undefined || /[^\t\x20-\x7e\u0080-\u{10ffff}]/u.test(id)) return undefined;
    if (/^[\t\x20-\x7e]*$/.test(id)) return id;
    return Array.from(new TextEncoder().encode(id), byte => String.fromCharCode(byte)).join('');
}
