import { Client, type Dispatcher } from 'undici';
import { createSseParser, type SseEvent } from './sse-parser.ts';

export interface StreamOptions {
    port: number;
    /** `/sse` where none is given. */
    path?: string;
    /** Headers of the GET besides Accept and Host. */
    headers?: Record<string, string>;
    lastEventId?: string | undefined;
    token: string;
    /** Called when the answer is 200. */
    onOpen?(): void;
    onEvent(event: SseEvent): void;
    /** Called when the connection is closed, by either side. `reason` is for people. */
    onClose(reason: string): void;
}

/** One stream on a connection of its own. */
export interface EventStream {
    /** Stops reading, so that the server's writes pile up. */
    pause(): void;
    resume(): void;
    destroy(): void;
}

/** Opens a stream; an answer that is not 200 closes it with the status as the reason. */
export function openEventStream(options: StreamOptions): EventStream {
    const { port, path = '/sse', headers, lastEventId, token, onOpen, onEvent, onClose } = options;
    const client = new Client(`http://127.0.0.1:${port}`, { headersTimeout: 0, bodyTimeout: 0 });
    const events = createSseParser(onEvent);
    let controller: Dispatcher.DispatchController | undefined;
    const close = (reason: string) => {
        onClose(reason);
        void client.destroy();
    };
    client.dispatch(
        {
            method: 'GET',
            path,
            headers: {
                Accept: 'text/event-stream',
                Authorization: `Bearer ${token}`,
                'Cache-Control': 'no-cache',
                'User-Agent': 'bench',
                ...headers,
                ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId })
            }
        },
        {
            onRequestStart(started) {
                controller = started;
            },
            onResponseStart(started, status) {
                if (status === 200) onOpen?.();
                else started.abort(new Error(`GET ${path} answered ${status}`));
            },
            onResponseData: (_controller, chunk) => events.push(chunk),
            onResponseEnd: () => close('closed by the server'),
            onResponseError: (_controller, { message }) => close(message)
        }
    );
    return {
        pause: () => controller?.pause(),
        resume: () => controller?.resume(),
        destroy: () => void client.destroy()
    };
}
