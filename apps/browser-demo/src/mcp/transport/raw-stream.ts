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
    /** Calls back after so many milliseconds; returns what cancels that. */
    schedule(callback: () => void, ms: number): () => void;
}

/** What Chromium waits where the server does not say. */
const DEFAULT_RETRY_MS = 3000;
/** Timers take no more, and call back at once instead. */
const LONGEST_RETRY_MS = 2 ** 31 - 1;

/** Reads streams by `fetch`, as EventSource would, but hides nothing of what came. */
export function createRawSource(options: RawSourceOptions): StreamSource {
    return { reader: 'raw', open: (url, hidden) => openRawStream(url, hidden, options) };
}

function openRawStream(url: string, hidden: HiddenFrames, { fetch, schedule }: RawSourceOptions): EventSourceLike {
    const listeners = new Map<string, ((event: StreamEvent) => void)[]>();
    const abort = new AbortController();
    let readyState = CONNECTING;
    let lastEventId = '';
    let retryMs = DEFAULT_RETRY_MS;
    let cancelRetry = () => {};

    const emit = (type: string, data = '', raw?: string): boolean => {
        const heard = listeners.get(type);
        const event = Object.assign(new MessageEvent(type, { data, lastEventId }), raw === undefined ? {} : { raw });
        for (const listener of heard ?? []) listener(event);
        return heard !== undefined;
    };
    const fail = (detail: string): void => {
        readyState = CLOSED;
        emit('error', detail);
    };
    const take = (frame: SseFrame): void => {
        if (frame.kind === 'retry') retryMs = Math.min(frame.ms, LONGEST_RETRY_MS);
        if (frame.kind === 'event') {
            lastEventId = frame.id;
            // These are not the server's to send.
            const isOurs = frame.event === 'open' || frame.event === 'error';
            if (!isOurs && emit(frame.event, frame.data, frame.raw)) return;
        }
        hidden(frame);
    };
    const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
        const parser = createSseParser(lastEventId);
        const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
        const reader = body.getReader();
        for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
            for (const frame of parser.feed(decoder.decode(piece.value, { stream: true }))) {
                if (readyState === OPEN) take(frame);
            }
            lastEventId = parser.lastId;
        }
    };
    const connect = async (): Promise<void> => {
        // Empty if the server ended the stream, else what the browser says of it.
        let detail = '';
        try {
            const headers = {
                Accept: 'text/event-stream',
                ...(lastEventId && { 'Last-Event-ID': toBytes(lastEventId) })
            };
            const {
                status,
                statusText,
                headers: answer,
                body
            } = await fetch(url, {
                headers,
                cache: 'no-store',
                signal: abort.signal
            });
            const isStream = /^text\/event-stream(;|$)/i.test(answer.get('content-type') ?? '');
            if (status !== 200 || !isStream || !body) return fail(`${status} ${statusText}`.trim());
            readyState = OPEN;
            emit('open');
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

/** The text as UTF-8 with a character for each byte: `fetch` takes no others in a header, EventSource sends these. */
function toBytes(text: string): string {
    return String.fromCharCode(...new TextEncoder().encode(text));
}
