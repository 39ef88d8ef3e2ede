import { createParser } from 'eventsource-parser';
import { boundWait } from '../timing.ts';
import type { TransportError } from '../transport-error.ts';
import { LARGEST_MESSAGE, tooLarge } from './bound-body.ts';

/** Sees an event stream that passes through, and may change it. */
export interface StreamWatcher {
    /** An event with data. Its id fits in a header. Returns the data to pass on; undefined drops the event. */
    event(data: string, type: string | undefined, id: string | undefined): string | undefined;
    /** The server sets the wait before a reconnect, in milliseconds; already limited by `timing.ts`. */
    retry(ms: number): void;
    /** The server sent something; it may be only a comment. */
    heard?(): void;
    /** The body ended, or failed with `error`. */
    ended(error?: unknown): void;
}

/**
 * The same event stream in a form that `eventsource` and the SDK's parser understand: both wait for another character after
 * a CR, start a timer with any number, and buffer without limit.
 */
export function rewriteStream(response: Response, watcher: StreamWatcher): Response {
    const reader = response.body?.getReader();
    if (!reader) return response;
    const decoder = new TextDecoder();
    const encoder = new TextEncoder();
    const toLineFeeds = createLineFeeds();
    let failure: TransportError | undefined;
    let out = '';
    const parser = createParser({
        maxBufferSize: LARGEST_MESSAGE,
        onEvent({ event: type, id: rawId, data }) {
            const id = toHeaderValue(rawId);
            const passed = watcher.event(data, type, id);
            if (passed === undefined) return;
            out += `${id === undefined ? '' : `id: ${id}\n`}${type === undefined ? '' : `event: ${type}\n`}`;
            out += `data: ${passed.replaceAll('\n', '\ndata: ')}\n\n`;
        },
        onRetry(ms) {
            watcher.retry(boundWait(ms));
            out += `retry: ${boundWait(ms)}\n\n`;
        },
        onError({ type }) {
            if (type === 'max-buffer-size-exceeded') failure = tooLarge('an event');
        }
    });
    const rewritten = new ReadableStream<Uint8Array>({
        async pull(controller) {
            try {
                // A comment produces no output, and the reader does not pull again without output.
                while (out === '') {
                    const { value, done } = await reader.read();
                    if (done) {
                        controller.close();
                        return watcher.ended();
                    }
                    watcher.heard?.();
                    parser.feed(toLineFeeds(decoder.decode(value, { stream: true })));
                    if (!failure) continue;
                    await reader.cancel(failure);
                    throw failure;
                }
                controller.enqueue(encoder.encode(out));
                out = '';
            } catch (error) {
                controller.error(error);
                watcher.ended(error);
            }
        },
        cancel: reason => reader.cancel(reason)
    });
    const headers = new Headers(response.headers);
    headers.set('content-type', 'text/event-stream');
    return new Response(rewritten, { status: response.status, headers });
}

/** Turns CRLF and CR into LF, also if a CRLF is split between two pieces. */
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
export function toHeaderValue(id: string | undefined): string | undefined {
    if (id === undefined || /[^\t\x20-\x7e\u0080-\u{10ffff}]/u.test(id)) return undefined;
    if (/^[\t\x20-\x7e]*$/.test(id)) return id;
    return Array.from(new TextEncoder().encode(id), byte => String.fromCharCode(byte)).join('');
}
