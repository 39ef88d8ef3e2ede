import { isEventStream } from './read-body.ts';
import { DEFAULT_RETRY_MS, readFrames, toBytes, toRetryMs } from './read-frames.ts';
import { createSseParser, type SseFrame } from './sse-parser.ts';
import {
    CLOSED,
    CONNECTING,
    type EventSourceLike,
    type HiddenFrames,
    OPEN,
    type StreamEvent,
    type StreamSource
} from './stream-source.ts';

export interface RawSourceOptions {
    fetch: typeof globalThis.fetch;
    /** Calls back after `ms` milliseconds. Returns a function that cancels the callback. */
    schedule(callback: () => void, ms: number): () => void;
}

/** Reads streams with `fetch` like EventSource does, but hides nothing. */
export function createRawSource(options: RawSourceOptions): StreamSource {
    return { reader: 'raw', open: (url, hidden) => openRawStream(url, hidden, options) };
}

function openRawStream(url: string, hidden: HiddenFrames, { fetch, schedule }: RawSourceOptions): EventSourceLike {
    const listeners = new Map<string, ((event: StreamEvent) => void)[]>();
    const abort = new AbortController();
    let readyState = CONNECTING;
    let lastEventId = '';
    let retryMs = DEFAULT_RETRY_MS;
    let isFirst = true;
    let cancelRetry = () => {};

    const emit = (type: string, data = '', more: Pick<StreamEvent, 'raw' | 'headers'> = {}): boolean => {
        const heard = listeners.get(type);
        const event = Object.assign(new MessageEvent(type, { data, lastEventId }), more);
        for (const listener of heard ?? []) listener(event);
        return heard !== undefined;
    };
    const fail = (detail: string): void => {
        readyState = CLOSED;
        emit('error', detail);
    };
    const take = (frame: SseFrame): void => {
        if (frame.kind === 'retry') retryMs = toRetryMs(frame);
        if (frame.kind === 'event') {
            lastEventId = frame.id;
            // The names `open` and `error` belong to the stream itself, not to events of the server.
            const isOurs = frame.event === 'open' || frame.event === 'error';
            if (!isOurs && emit(frame.event, frame.data, { raw: frame.raw })) return;
        }
        hidden(frame);
    };
    const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
        const parser = createSseParser(lastEventId);
        try {
            await readFrames(body, parser, frame => readyState === OPEN && take(frame));
        } finally {
            lastEventId = parser.lastId;
        }
    };
    const connect = async (): Promise<void> => {
        // Empty if the server ended the stream, otherwise the message of the browser.
        let detail = '';
        if (!isFirst) hidden({ kind: 'reconnecting', url, lastEventId });
        isFirst = false;
        try {
            const headers = {
                Accept: 'text/event-stream',
                ...(lastEventId && { 'Last-Event-ID': toBytes(lastEventId) })
            };
            const answer = await fetch(url, { headers, cache: 'no-store', signal: abort.signal });
            const { status, statusText, body } = answer;
            if (status !== 200 || !isEventStream(answer) || !body) return fail(`${status} ${statusText}`.trim());
            readyState = OPEN;
            emit('open', '', { headers: Object.fromEntries(answer.headers) });
            await read(body);
        } catch (error) {
            detail = error instanceof Error ? error.message : String(error);
        }
        if (readyState === CLOSED) return;
        readyState = CONNECTING;
        emit('error', detail);
        cancelRetry = schedule(() => void connect(), retryMs);
    };

    void connect();
    return {
        get readyState() {
            return readyState;
        },
        addEventListener(type, listener) {
            listeners.set(type, [...(listeners.get(type) ?? []), listener]);
        },
        close() {
            readyState = CLOSED;
            cancelRetry();
            abort.abort();
        }
    };
}
