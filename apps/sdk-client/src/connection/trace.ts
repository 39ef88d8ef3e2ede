import { isEventStream, LARGEST_MESSAGE } from '@calc/transport/client';
import { createParser } from 'eventsource-parser';
import { toOneLine } from '../output/screen.ts';
import { displayUrl } from './display-url.ts';

export type Trace = ReturnType<typeof createTrace>;

/**
 * Shows requests, answers and events: each line has the time since the start, the direction, the kind and the size.
 * Headers, the content of messages and the query of URLs are left out: they may hold secrets.
 *
 * @param write prints one line, which includes its line feed.
 */
export function createTrace(write: (line: string) => void) {
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
        /** Shows a request. Call the returned function with the response. */
        request(method: string, url: URL, body: unknown) {
            const startedAt = performance.now();
            const text = typeof body === 'string' ? body : '';
            line('→', method, displayUrl(url), text && size(text), summarize(text));
            return (response: Response) => {
                // A clone, because the transport reads the body too. It ends when the request ends or fails.
                const shown = showAnswer(response.clone(), startedAt).catch(() => {});
                reading.add(shown);
                void shown.then(() => reading.delete(shown));
            };
        },
        /** Shows a note of the client. */
        note: (text: string) => line('·', text),
        /** Resolves when all answers have been shown. */
        settle: () => Promise.all(reading)
    };
}

function size(text: string): string {
    return `${Buffer.byteLength(text)} B`;
}

/** Describes a JSON-RPC message by its method and id; empty for other text. */
function summarize(text: string): string {
    try {
        const { jsonrpc, method, id, error } = Object(JSON.parse(text));
        if (jsonrpc !== '2.0') return '';
        const words = error ? ['error', String(error.code)] : [typeof method === 'string' ? method : 'result'];
        return [...words, ...(id === undefined || id === null ? [] : [`#${id}`])].join(' ');
    } catch {
        return '';
    }
}
