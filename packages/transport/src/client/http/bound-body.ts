import { TransportError } from '../transport-error.ts';

/** Largest body of an answer, and largest event of a stream, in bytes or characters; a larger one ends the connection. */
export const LARGEST_MESSAGE = 32 * 2 ** 20;

export function tooLarge(what: string): TransportError {
    return new TransportError('too-large', `the server sent ${what} of more than ${LARGEST_MESSAGE / 2 ** 20} MiB`);
}

const bounded = new WeakSet<Response>();

/**
 * The same answer, whose body fails with `too-large` beyond the limit, so that no reader of it can use up the memory. A
 * stream of events is left alone: it may be endless, and `cleanStream` bounds each event.
 */
export function boundBody(response: Response): Response {
    const { body, status, statusText, headers } = response;
    if (!body || bounded.has(response) || isEventStream(response)) return response;
    const reader = body.getReader();
    let bytes = 0;
    const counted = new ReadableStream<Uint8Array>({
        async pull(controller) {
            try {
                const { value, done } = await reader.read();
                if (done) return controller.close();
                bytes += value.length;
                if (bytes <= LARGEST_MESSAGE) return controller.enqueue(value);
                const error = tooLarge('an answer');
                await reader.cancel(error);
                controller.error(error);
            } catch (error) {
                controller.error(error);
            }
        },
        cancel: reason => reader.cancel(reason)
    });
    const same = new Response(counted, { status, statusText, headers });
    bounded.add(same);
    return same;
}

/** The beginning of a body as text, `limit` bytes at most; the rest is not read. */
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
        // What came before the connection broke has to do.
    }
    void reader.cancel().catch(() => {});
    return text.slice(0, limit);
}

/** Whether an answer is an event stream, however the server spells the type. */
export function isEventStream({ headers }: Pick<Response, 'headers'>): boolean {
    const [type = ''] = (headers.get('content-type') ?? '').split(';', 1);
    return type.trim().toLowerCase() === 'text/event-stream';
}
