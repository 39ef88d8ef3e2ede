import type { SseFrame } from './sse-parser.ts';
import type { Headers, StreamReader, WireFact } from './wire-fact.ts';

/** The part of the browser's `EventSource` that the transport uses. */
export interface EventSourceLike {
    readonly readyState: number;
    addEventListener(type: string, listener: (event: StreamEvent) => void): void;
    close(): void;
}

/** The event that listeners get. Events of the browser have no `raw` and, for `error`, no data. */
export type StreamEvent = MessageEvent & {
    /** The text of the frame, exactly as it was received. */
    readonly raw?: string;
    /** Of `open`: the headers of the response. */
    readonly headers?: Headers;
};

/**
 * Called for what reaches no listener: comments, `retry:`, events of other names, and that the stream is requested again.
 * EventSource of the browser never calls it.
 */
export type HiddenFrames = (frame: SseFrame | (WireFact & { kind: 'reconnecting' })) => void;

/** Opens streams. */
export interface StreamSource {
    readonly reader: StreamReader;
    open(url: string, hidden: HiddenFrames): EventSourceLike;
}

// The values of EventSource.readyState: https://html.spec.whatwg.org/multipage/server-sent-events.html
export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 2;

/** Opens streams with the EventSource of the browser, or a compatible class. */
export function createNativeSource(source: new (url: string) => EventSourceLike): StreamSource {
    return { reader: 'native', open: url => new source(url) };
}
