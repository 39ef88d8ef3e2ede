import { EventSource } from 'eventsource';
import { describeFailure, nameOf, TransportError, type TransportErrorCode, unreachable } from '../transport-error.ts';
import { isEventStream } from './bound-body.ts';
import { toRefusal } from './refusal.ts';
import { rewriteStream } from './rewrite-stream.ts';

/** Receives what one connection to an event stream brings. */
export interface StreamListener {
    event(type: 'endpoint' | 'message', data: string, id: string): void;
    /** The server sets the wait before a reconnect, in milliseconds. */
    retry(ms: number): void;
    /** The connection ended. Called once, and not after it was closed from here. */
    ended(error: TransportError): void;
}

/**
 * Opens one connection to an event stream with EventSource, and closes it before it reconnects: it would do so without end,
 * at its own pace, and without a report. Returns a function that closes the connection.
 */
export function openEventStream(
    url: URL,
    lastEventId: string,
    get: (init: RequestInit) => Promise<Response>,
    listener: StreamListener
): () => void {
    let failure: TransportError | undefined;
    const source = new EventSource(url, {
        async fetch(_url, init) {
            const headers = { ...init.headers, ...(lastEventId !== '' && { 'Last-Event-ID': lastEventId }) };
            try {
                const response = await get({ ...(init as RequestInit), headers });
                failure = await toStreamError(response, url);
                // The body of a refusal has been read. EventSource stops at 204.
                if (failure) return new Response(null, { status: 204 });
                return rewriteStream(response, {
                    event: data => data,
                    retry: listener.retry,
                    ended: error => {
                        failure = error instanceof TransportError ? error : lost(url, error);
                    }
                });
            } catch (cause) {
                failure = unreachable(url, cause);
                throw cause;
            }
        }
    });
    for (const type of ['endpoint', 'message'] as const) {
        source.addEventListener(type, ({ data, lastEventId: id }: MessageEvent) => {
            if (source.readyState !== source.CLOSED) listener.event(type, data, id);
        });
    }
    let isOver = false;
    source.addEventListener('error', () => {
        // EventSource starts its reconnect timer right after it reports the error.
        queueMicrotask(() => source.close());
        if (!isOver) listener.ended(failure ?? lost(url));
        isOver = true;
    });
    return () => {
        isOver = true;
        source.close();
    };
}

/** The error for a response that is not an event stream; undefined if it is one. */
async function toStreamError(response: Response, url: URL): Promise<TransportError | undefined> {
    const { status } = response;
    if (status !== 200) return await toRefusal(response, url, toCode(status));
    if (isEventStream(response)) return undefined;
    await response.body?.cancel();
    const type = response.headers.get('content-type') ?? 'no content type';
    return new TransportError('not-a-stream', `${nameOf(url)} answered with ${type}, not with an event stream`, {
        status
    });
}

/** @param cause why the stream broke; undefined if the server ended it. */
function lost(url: URL, cause?: unknown): TransportError {
    const why = cause === undefined ? 'the stream ended' : describeFailure(cause);
    return new TransportError('unreachable', `lost ${nameOf(url)}: ${why}`);
}

/** The error code of a refused stream. */
function toCode(status: number): TransportErrorCode {
    if (status === 204) return 'ended';
    if (status === 404 || status === 405) return 'not-found';
    return status < 300 ? 'not-a-stream' : 'unreachable';
}
