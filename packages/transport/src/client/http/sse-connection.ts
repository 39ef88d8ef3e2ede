import { describeFailure, nameOf, TransportError, type TransportErrorCode, unreachable } from '../transport-error.ts';
import { isEventStream } from './bound-body.ts';
import { createEventReader, type EventStreamListener } from './event-reader.ts';
import { toRefusal } from './refusal.ts';

/** Receives what one connection to an event stream brings. */
export interface StreamListener extends EventStreamListener {
    /** The connection ended. Called once, and not after it was closed from here. */
    ended(error: TransportError): void;
}

/** Opens one connection to an event stream. Returns a function that closes it. */
export function openEventStream(
    url: URL,
    lastEventId: string,
    get: (init: RequestInit) => Promise<Response>,
    listener: StreamListener
): () => void {
    const closing = new AbortController();
    const { signal } = closing;
    const read = async (): Promise<TransportError> => {
        const headers = { Accept: 'text/event-stream', ...(lastEventId !== '' && { 'Last-Event-ID': lastEventId }) };
        const init = { headers, cache: 'no-store', signal };
        const response = await get(init);
        const { status, body } = response;
        if (status !== 200) return await toRefusal(response, url, toCode(status));
        if (!body || !isEventStream(response)) {
            await body?.cancel();
            const type = response.headers.get('content-type') ?? 'no content type';
            const message = `${nameOf(url)} answered with ${type}, not with an event stream`;
            return new TransportError('not-a-stream', message, { status });
        }
        const readNext = createEventReader(body.getReader(), {
            retry: listener.retry,
            // Events after the one that closed the connection may be in the same piece.
            event: (...event) => signal.aborted || listener.event(...event)
        });
        try {
            while (await readNext());
            return lost(url, 'the stream ended');
        } catch (error) {
            return error instanceof TransportError ? error : lost(url, describeFailure(error));
        }
    };
    void read()
        .catch(cause => unreachable(url, cause))
        .then(error => signal.aborted || listener.ended(error));
    return () => closing.abort();
}

function lost(url: URL, why: string): TransportError {
    return new TransportError('unreachable', `lost ${nameOf(url)}: ${why}`);
}

/** The error code of a refused stream. */
function toCode(status: number): TransportErrorCode {
    if (status === 204) return 'ended';
    if (status === 404 || status === 405) return 'not-found';
    return status < 300 ? 'not-a-stream' : 'unreachable';
}
