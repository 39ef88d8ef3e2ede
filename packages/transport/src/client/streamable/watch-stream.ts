import { cleanStream } from '../http/clean-stream.ts';
import { repairMessage } from '../http/parse-message.ts';
import type { Timing } from '../timing.ts';
import type { TransportError } from '../transport-error.ts';

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
    ended(stream: EndedStream): void;
    tooLarge(error: TransportError): void;
}

/** The same event stream for the SDK's parser; `watcher` sees what passes. */
export function watchStream(response: Response, { clock }: Timing, watcher: Watcher): Response {
    const openedAt = clock.now();
    const stream: EndedStream = { isUseful: false, lastEventId: undefined, retryMs: undefined };
    return cleanStream(response, {
        heard: watcher.heard,
        event: (data, { id }) => {
            stream.lastEventId = id ?? stream.lastEventId;
            if (data === '') return data;
            stream.isUseful = true;
            try {
                return repairMessage(data);
            } catch (error) {
                watcher.error(error as Error);
                return undefined;
            }
        },
        retry: ms => {
            stream.retryMs = ms;
        },
        ended: tooLarge => {
            if (tooLarge) return watcher.tooLarge(tooLarge);
            stream.isUseful ||= clock.now() - openedAt >= USEFUL_STREAM_MS;
            watcher.ended(stream);
        }
    });
}
