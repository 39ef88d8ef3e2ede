/** The longest text that is read of a body that matters only for its first lines, in characters. */
const LONGEST = 64 * 1024;
/** How long such a body may take, in milliseconds. */
const LIMIT_MS = 2000;

/**
 * Reads the beginning of a body. A server may never end it, and each open body keeps one of the few connections of the
 * browser: after 64 KiB or 2 s, the rest is cancelled.
 */
export async function readBriefly({ body }: Response): Promise<string> {
    if (!body) return '';
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const cancel = (): void => void reader.cancel().catch(() => {});
    const timer = setTimeout(cancel, LIMIT_MS);
    let text = '';
    try {
        while (text.length < LONGEST) {
            const piece = await reader.read();
            if (piece.done) break;
            text += decoder.decode(piece.value, { stream: true });
        }
        return text.slice(0, LONGEST);
    } finally {
        clearTimeout(timer);
        cancel();
    }
}

/** Reads the rest of a body that nothing needs, so that its connection can be used again. */
export function discard(response: Response): void {
    readBriefly(response).catch(() => {});
}

/** Whether the body is an event stream. */
export function isEventStream({ headers }: Response): boolean {
    return /^text\/event-stream(;|$)/i.test(headers.get('content-type') ?? '');
}
