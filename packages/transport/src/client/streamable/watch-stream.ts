import { createEventReader } from '../http/event-reader.ts';
import { parseMessage } from '../http/parse-message.ts';
import type { Timing } from '../timing.ts';

/** A stream that stays open for so long is of use without a message, in milliseconds: some servers end idle streams. */
const USEFUL_STREAM_MS = 5000;

/** What is known of a stream when it has ended or broken. */
export interface EndedStream {
    /** Whether it brought an event with data, or stayed open for long. */
    isUseful: boolean;
    lastEventId: string | undefined;
    /** The wait before a reconnect that the server asked for, in milliseconds. */
    retryMs: number | undefined;
}

interface Watcher {
    /** The server sent something; it may be only a comment. */
    heard(): void;
    /** An event was not a message, and was dropped. */
    error(error: Error): void;
    /** The body ended, or failed with `error`. */
    ended(stream: EndedStream, error?: unknown): void;
}

/**
 * The same event stream for the SDK's parser, which waits for another character after a CR, starts a timer with any
 * number, drops invalid replies, and buffers without limit. `watcher` sees what passes.
 */
export function watchStream(response: Response, { clock }: Timing, watcher: Watcher): Response {
    const reader = response.body?.getReader();
    if (!reader) return response;
    const openedAt = clock.now();
    const stream: EndedStream = { isUseful: false, lastEventId: undefined, retryMs: undefined };
    const encoder = new TextEncoder();
    let out = '';
    const readNext = createEventReader(reader, {
        heard: watcher.heard,
        event(data, type, id) {
            stream.isUseful ||= data !== '';
            try {
                const text = data && parseMessage(data).text;
                out += `${id === undefined ? '' : `id: ${id}\n`}${type === undefined ? '' : `event: ${type}\n`}`;
                out += `data: ${text.replaceAll('\n', '\ndata: ')}\n\n`;
                stream.lastEventId = id ?? stream.lastEventId;
            } catch (error) {
                watcher.error(error as Error);
            }
        },
        retry(ms) {
            stream.retryMs = ms;
            out += `retry: ${ms}\n\n`;
        }
    });
    const end = (error?: unknown) => {
        stream.isUseful ||= clock.now() - openedAt >= USEFUL_STREAM_MS;
        watcher.ended(stream, error);
    };
    const watched = new ReadableStream<Uint8Array>({
        async pull(controller) {
            try {
                // A comment produces no output, and the reader does not pull again without output.
                while (out === '') {
                    if (await readNext()) continue;
                    controller.close();
                    return end();
                }
                controller.enqueue(encoder.encode(out));
                out = '';
            } catch (error) {
                controller.error(error);
                end(error);
            }
        },
        cancel: reason => reader.cancel(reason)
    });
    const headers = new Headers(response.headers);
    headers.set('content-type', 'text/event-stream');
    return new Response(watched, { status: response.status, headers });
}
