import { createParser } from 'eventsource-parser';
import { boundWait } from '../timing.ts';
import type { TransportError } from '../transport-error.ts';
import { LARGEST_MESSAGE, tooLarge } from './bound-body.ts';

/** Observes an event stream that passes through. */
export interface StreamWatcher {
    /** An event with data. Returns the data to pass on; undefined drops the event. */
    event(data: string, event: { type: string | undefined; id: string | undefined }): string | undefined;
    /** The server sent something; it may be only a comment. */
    heard?(): void;
    /** The server sets the wait before a reconnect, in milliseconds; already limited by `timing.ts`. */
    retry?(ms: number): void;
    /** The body ended or broke. `tooLarge` is set if an event exceeded the limit. */
    ended?(tooLarge?: TransportError): void;
}

/**
 * The same event stream in a form that every reader understands: lines end with LF, `retry` is limited, ids fit in a
 * header, and the size of an event is limited. The readers are `eventsource` and the SDK's transport. Both wait for
 * another character after a CR, start a timer with any number, and buffer without limit.
 */
export function cleanStream({ status, headers, body }: Response, watcher: StreamWatcher): Response {
    if (!body) return new Response(null, { status, headers });
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const encoder = new TextEncoder();
    const toLineFeeds = createLineFeeds();
    let failure: TransportError | undefined;
    let out = '';
    const parser = createParser({
        maxBufferSize: LARGEST_MESSAGE,
        onEvent: ({ event: type, id: rawId, data }) => {
            const id = toHeaderValue(rawId);
            const passed = watcher.event(data, { type, id });
            if (passed === undefined) return;
            out += `${id === undefined ? '' : `id: ${id}\n`}${type === undefined ? '' : `event: ${type}\n`}`;
            out += `data: ${passed.replaceAll('\n', '\ndata: ')}\n\n`;
        },
        onRetry: ms => {
            const bounded = boundWait(ms);
            watcher.retry?.(bounded);
            out += `retry: ${bounded}\n\n`;
        },
        onError: ({ type }) => {
            if (type === 'max-buffer-size-exceeded') failure = tooLarge('an event');
        }
    });
    const fail = (controller: ReadableStreamDefaultController, error: unknown) => {
        controller.error(error);
        watcher.ended?.(failure);
    };
    const cleaned = new ReadableStream<Uint8Array>({
        async pull(controller) {
            try {
                // A comment produces no output, and the reader does not pull again without output.
                while (out === '') {
                    const { value, done } = await reader.read();
                    if (done) {
                        controller.close();
                        return watcher.ended?.();
                    }
                    watcher.heard?.();
                    parser.feed(toLineFeeds(decoder.decode(value, { stream: true })));
                    if (!failure) continue;
                    await reader.cancel(failure);
                    return fail(controller, failure);
                }
                controller.enqueue(encoder.encode(out));
                out = '';
            } catch (error) {
                fail(controller, error);
            }
        },
        cancel: reason => reader.cancel(reason)
    });
    const clean = new Headers(headers);
    clean.set('content-type', 'text/event-stream');
    return new Response(cleaned, { status, headers: clean });
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
function toHeaderValue(id: string | undefined): string | undefined {
    if (id === undefined || /[^\t\x20-\x7e\u0080-\u{10ffff}]/u.test(id)) return undefined;
    if (/^[\t\x20-\x7e]*$/.test(id)) return id;
    return Array.from(new TextEncoder().encode(id), byte => String.fromCharCode(byte)).join('');
}
