import { EventSource } from 'eventsource';
import { describeFailure, nameOf, TransportError, type TransportErrorCode } from '../transport-error.ts';
import { isEventStream } from './bound-body.ts';
import { cleanStream, type StreamWatcher } from './clean-stream.ts';
import { isRedirect, toRedirected, toRefusal } from './refusal.ts';

/** Receives what one connection to an event stream brings. */
export interface StreamListener {
    event(type: 'endpoint' | 'message', data: string, id: string): void;
    /** The server sets the wait before a reconnect, in milliseconds. */
    retry(ms: number): void;
    /** The connection ended. Called once, and not after it was closed from here. */
    ended(error: TransportError): void;
}

/**
 * Opens one connection to an event stream with EventSource, which is closed before it reconnects: it would do so without
 * end, at its own pace, and without a report. Returns a function that closes the connection.
 */
export function openEventStream(
    url: URL,
    get: (init: RequestInit) => Promise<Response>,
    listener: StreamListener
): () => void {
    let failure: TransportError | undefined;
    const watcher: StreamWatcher = {
        event: data => data,
        retry: ms => listener.retry(ms),
        ended: tooLarge => {
            if (tooLarge) failure = tooLarge;
        }
    };
    const source = new EventSource(url, {
        fetch: async (_url, init) => {
            try {
                const response = await get(init as RequestInit);
                failure = await toStreamError(response, url);
                // The body of a refusal has been read. EventSource stops at 204.
                return failure ? new Response(null, { status: 204 }) : cleanStream(response, watcher);
            } catch (cause) {
                failure = new TransportError('unreachable', `cannot reach ${nameOf(url)}: ${describeFailure(cause)}`, {
                    cause
                });
                throw cause;
            }
        }
    });

    for (const type of ['endpoint', 'message'] as const) {
        source.addEventListener(type, (event: MessageEvent) => {
            if (source.readyState !== source.CLOSED) listener.event(type, event.data, event.lastEventId);
        });
    }
    let isOver = false;
    source.addEventListener('error', ({ message }) => {
        // EventSource starts its reconnect timer right after it reports the error.
        queueMicrotask(() => source.close());
        if (isOver) return;
        isOver = true;
        listener.ended(
            failure ?? new TransportError('unreachable', `lost ${nameOf(url)}: ${message ?? 'the stream ended'}`)
        );
    });
    return () => {
        isOver = true;
        source.close();
    };
}

/** The error for a response that is not an event stream; undefined if it is one. */
async function toStreamError(response: Response, url: URL): Promise<TransportError | undefined> {
    const { status } = response;
    if (status === 200 && isEventStream(response)) return undefined;
    if (isRedirect(response)) return await toRedirected(response, url);
    if (status !== 200) return await toRefusal(response, url, toCode(status));
    await response.body?.cancel();
    const type = response.headers.get('content-type') ?? 'no content type';
    return new TransportError('not-a-stream', `${nameOf(url)} answered with ${type}, not with an event stream`, {
        status
    });
}

function toCode(status: number): TransportErrorCode {
    if (status === 204) return 'ended';
    if (status === 401 || status === 403) return 'unauthorized';
    if (status === 404 || status === 405) return 'not-found';
    return status < 300 ? 'not-a-stream' : 'unreachable';
}
