import type { createSseParser, SseFrame } from './sse-parser.ts';

/** Reads an event stream to its end. Throws if it breaks. `parser` then knows the last event id. */
export async function readFrames(
    body: ReadableStream<Uint8Array>,
    parser: ReturnType<typeof createSseParser>,
    take: (frame: SseFrame) => void
): Promise<void> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const reader = body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        for (const frame of parser.feed(decoder.decode(piece.value, { stream: true }))) take(frame);
    }
}

/** The wait of Chromium before it opens a stream again, if the server sends no `retry:`, in milliseconds. */
export const DEFAULT_RETRY_MS = 3000;

/** The wait that `retry:` asks for, within what a timer accepts; beyond it, timers fire at once. */
export function toRetryMs({ ms }: SseFrame & { kind: 'retry' }): number {
    return Math.min(ms, 2 ** 31 - 1);
}

/**
 * Encodes text as UTF-8 with one character for each byte: `fetch` accepts only such characters in a header, and
 * EventSource sends the same.
 */
export function toBytes(text: string): string {
    return String.fromCharCode(...new TextEncoder().encode(text));
}
