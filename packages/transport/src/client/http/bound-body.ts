import { TransportError } from '../transport-error.ts';

/** Largest body of a response in bytes, and largest event in characters. A larger one ends the connection. */
export const LARGEST_MESSAGE = 32 * 2 ** 20;

export function tooLarge(what: string): TransportError {
    return new TransportError('too-large', `the server sent ${what} of more than ${LARGEST_MESSAGE / 2 ** 20} MiB`);
}

const bounded = new WeakSet<Response>();

/**
 * The same response with a body that fails with `too-large` beyond the limit. An event stream is returned as it is,
 * because it may be endless; `cleanStream` limits each event.
 */
export function boundBody(response: Response): Response {
    const { body, status, statusText, headers } = response;
    if (!body || bounded.has(response) || isEventStream(response)) return response;
    let bytes = 0;
    const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
            bytes += chunk.length;
            if (bytes > LARGEST_MESSAGE) throw tooLarge('an answer');
            controller.enqueue(chunk);
        }
    });
    const same = new Response(body.pipeThrough(count), { status, statusText, headers });
    bounded.add(same);
    return same;
}

/** Reads at most `limit` bytes of a body as text, and cancels the rest. */
export async function readStart({ body }: Response, limit: number): Promise<string> {
    if (!body) return '';
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let text = '';
    let bytes = 0;
    try {
        while (bytes < limit) {
            const { value, done } = await reader.read();
            if (done) return text + decoder.decode();
            bytes += value.length;
            text += decoder.decode(value, { stream: true });
        }
    } catch {
        // The connection broke; the text up to here is returned.
    }
    void reader.cancel().catch(() => {});
    return text.slice(0, limit);
}

/** Whether a response is an event stream. The case and the parameters of its content type do not matter. */
export function isEventStream({ headers }: Pick<Response, 'headers'>): boolean {
    const [type = ''] = (headers.get('content-type') ?? '').split(';', 1);
    return type.trim().toLowerCase() === 'text/event-stream';
}
