import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { createParser } from 'eventsource-parser';
import { isEventStream } from './bound-body.ts';
import { toHeaderValue } from './rewrite-stream.ts';

/** Statuses of a server that will be back soon, and of the proxy before it. EventSource would give up. */
const TEMPORARY = [429, 502, 503, 504];

const SHARED = 'A resuming fetch serves one transport: create one for each transport';

/** Where a stream is: the endpoint that it named, and the id to resume after; '' if there is none. */
interface Position {
    endpoint: string | undefined;
    lastEventId: string;
}

const START: Position = { endpoint: undefined, lastEventId: '' };

/**
 * A `fetch` that makes the SDK's own `SSEClientTransport`, of both generations, resume its session: that transport
 * reconnects without `Last-Event-ID`. Pass it as the option `fetch`, or as `eventSourceInit.fetch` for the stream alone.
 * An event counts as received once its reader asks for more. If a reconnect gets 429, 502, 503 or 504, the fetch rejects,
 * so that the transport tries again instead of giving up.
 *
 * Create one for each transport. If a second transport opens a stream while another is open, each stream that is opened
 * from then on is rejected with an error, so that no transport gets the session of another.
 */
export function createResumingFetch(baseFetch: FetchLike = fetch): FetchLike {
    let position = START;
    let isWaiting = false;
    let isShared = false;

    /** The same stream, byte by byte, and no faster than it is read. */
    function watch(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
        const reader = body.getReader();
        const decoder = new TextDecoder();
        let next = position;
        const parser = createParser({
            onEvent({ event, id, data }) {
                // The ids of a session are unknown in another.
                if (event === 'endpoint' && data !== next.endpoint) next = { endpoint: data, lastEventId: '' };
                next = { ...next, lastEventId: toHeaderValue(id) ?? next.lastEventId };
            }
        });
        const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
            position = next;
            isWaiting = true;
            try {
                const { value, done } = await reader.read();
                if (done) return controller.close();
                parser.feed(decoder.decode(value, { stream: true }));
                controller.enqueue(value);
            } finally {
                isWaiting = false;
            }
        };
        // With the default, one chunk would be read ahead of its reader.
        return new ReadableStream({ pull, cancel: reason => reader.cancel(reason) }, { highWaterMark: 0 });
    }

    return async (url, init) => {
        const headers = new Headers(init?.headers);
        const isStream = (init?.method ?? 'GET') === 'GET' && headers.get('accept') === 'text/event-stream';
        if (!isStream) return await baseFetch(url, init);
        isShared ||= isWaiting;
        if (isShared) throw new Error(SHARED);
        const { endpoint, lastEventId } = position;
        if (lastEventId !== '') headers.set('Last-Event-ID', lastEventId);
        const response = await baseFetch(url, { ...init, headers });
        if (endpoint !== undefined && TEMPORARY.includes(response.status)) {
            await response.body?.cancel();
            throw new Error(`HTTP ${response.status} ${response.statusText}`);
        }
        if (response.status !== 200 || !response.body || !isEventStream(response)) return response;
        // EventSource aborts only when it is closed for good.
        init?.signal?.addEventListener('abort', () => {
            position = START;
        });
        return new Response(watch(response.body), response);
    };
}
