import { parseMessage } from '../http/parse-message.ts';
import { rewriteStream } from '../http/rewrite-stream.ts';
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

/** The same event stream for the SDK's parser, without invalid replies, which it would drop. `watcher` sees what passes. */
export function watchStream(response: Response, { clock }: Timing, watcher: Watcher): Response {
    const openedAt = clock.now();
    const stream: EndedStream = { isUseful: false, lastEventId: undefined, retryMs: undefined };
    return rewriteStream(response, {
        heard: watcher.heard,
        event(data, _type, id) {
            stream.isUseful ||= data !== '';
            try {
                const text = data && parseMessage(data).text;
                stream.lastEventId = id ?? stream.lastEventId;
                return text;
            } catch (error) {
                watcher.error(error as Error);
                return undefined;
            }
        },
        retry(ms) {
            stream.retryMs = ms;
        },
        ended(error) {
            stream.isUseful ||= clock.now() - openedAt >= USEFUL_STREAM_MS;
            watcher.ended(stream, error);
        }
    });
}
