import { isEventStream, LARGEST_MESSAGE } from '@calc/transport/client';
import { createParser } from 'eventsource-parser';
import { toOneLine } from '../output/screen.ts';
import { displayUrl } from './display-url.ts';

/**
 * Shows what travels: each line has the time since the beginning, the direction, what it is and its size. Neither
 * headers nor what messages say are shown, and of an address no query: all of them may hold secrets.
 */
export interface Trace {
    /** Shows a request; call what it returns with the answer. */
    request(method: string, url: URL, body: unknown): (response: Response) => void;
    /** Shows a remark of the client itself. */
    note(text: string): void;
    /** Settles when all answers that ended have been shown. */
    settle(): Promise<unknown>;
}

/** @param write takes one line with its end. */
export function createTrace(write: (line: string) => void): Trace {
    const start = performance.now();
    const reading = new Set<Promise<void>>();
    const line = (mark: string, ...parts: string[]) => {
        const time = (performance.now() - start).toFixed(1).padStart(8);
        write(`${time} ms ${mark} ${toOneLine(parts.filter(part => part !== '').join(' '))}\n`);
    };

    const showEvents = async (body: ReadableStream<Uint8Array>) => {
        const parser = createParser({
            maxBufferSize: LARGEST_MESSAGE,
            onEvent: ({ event = 'message', data }) =>
                line('←', 'event', event, size(data), event === 'message' ? summarize(data) : ''),
            onComment: text => line('←', 'comment', size(text)),
            onRetry: ms => line('←', 'retry', `${ms} ms`)
        });
        for await (const text of body.pipeThrough(new TextDecoderStream())) parser.feed(text);
        line('←', 'end of the stream');
    };

    const showAnswer = async (response: Response, startedAt: number) => {
        const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
        const took = `(${(performance.now() - startedAt).toFixed(1)} ms)`;
        if (isEventStream(response) && response.body) {
            line('←', String(response.status), type, took);
            return showEvents(response.body);
        }
        const text = await response.text();
        line('←', String(response.status), type, size(text), took, summarize(text));
    };

    return {
        request(method, url, body) {
            const startedAt = performance.now();
            const text = typeof body === 'string' ? body : '';
            line('→', method, displayUrl(url), text && size(text), summarize(text));
            return response => {
                // A copy, since the transport reads the body too; it ends with the request, however that ends.
                const shown = showAnswer(response.clone(), startedAt).catch(() => {});
                reading.add(shown);
                void shown.then(() => reading.delete(shown));
            };
        },
        note: text => line('·', text),
        settle: () => Promise.all(reading)
    };
}

function size(text: string): string {
    return `${Buffer.byteLength(text)} B`;
}

/** Which message it is, as method, id or both; empty if it is none. */
function summarize(text: string): string {
    try {
        const {
            jsonrpc,
            method,
            id,
            error
        }: Partial<Record<'jsonrpc' | 'method' | 'id', unknown>> & {
            error?: { code?: unknown };
        } = Object(JSON.parse(text));
        if (jsonrpc !== '2.0') return '';
        const words = error ? ['error', String(error.code)] : [typeof method === 'string' ? method : 'result'];
        return [...words, ...(id === undefined || id === null ? [] : [`#${id}`])].join(' ');
    } catch {
        return '';
    }
}
