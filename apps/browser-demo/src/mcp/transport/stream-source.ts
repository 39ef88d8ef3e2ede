import type { SseFrame } from './sse-parser.ts';
import type { StreamReader } from './wire-fact.ts';

/** The part of the browser's `EventSource` that the transport uses. */
export interface EventSourceLike {
    readonly readyState: number;
    addEventListener(type: string, listener: (event: StreamEvent) => void): void;
    close(): void;
}

/** What listeners are told; the browser's own has no `raw` and, for `error`, no data. */
export type StreamEvent = MessageEvent & {
    /** The text of the frame, exactly as it was received. */
    readonly raw?: string;
};

/** Told of what reaches no listener: comments, `retry:`, events of other names. The browser's EventSource tells nothing. */
export type HiddenFrames = (frame: SseFrame) => void;

/** A way to read streams. */
export interface StreamSource {
    readonly reader: StreamReader;
    open(url: string, hidden: HiddenFrames): EventSourceLike;
}

// The values of EventSource.readyState: https://html.spec.whatwg.org/multipage/server-sent-events.html
export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 2;

/** By the browser's own EventSource, or one like it. */
export function createNativeSource(source: new (url: string) => EventSourceLike): StreamSource {
    return { reader: 'native', open: url => new source(url) };
}
