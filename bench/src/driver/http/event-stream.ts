import { connect } from 'node:net';
import { formatHeaders } from './http-connection.ts';
import { createResponseParser } from './http-parser.ts';
import { createSseParser, type SseEvent } from './sse-parser.ts';

export interface StreamOptions {
    port: number;
    /** `/sse` where none is given. */
    path?: string;
    /** Headers of the GET besides Accept and Host. */
    headers?: Record<string, string>;
    lastEventId?: string | undefined;
    token: string;
    /** The answer is there, with 200. */
    onOpen?(): void;
    onEvent(event: SseEvent): void;
    /** The connection is gone, by whomever. `reason` is for people. */
    onClose(reason: string): void;
}

/** One stream on a socket of its own. */
export interface EventStream {
    /** Stops reading, so that the server's writes pile up. */
    pause(): void;
    resume(): void;
    destroy(): void;
}

/** Opens a stream; an answer that is not 200 closes it with the status as the reason. */
export function openEventStream(options: StreamOptions): EventStream {
    const { port, path = '/sse', headers = {}, lastEventId, token, onOpen, onEvent, onClose } = options;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let reason = 'closed by the server';
    const events = createSseParser(onEvent);
    const response = createResponseParser({
        onHead: status => {
            if (status === 200) return onOpen?.();
            reason = `GET ${path} answered ${status}`;
            socket.destroy();
        },
        onBody: chunk => events.push(chunk),
        onEnd: () => socket.destroy()
    });
    socket.on('data', chunk => response.push(chunk));
    socket.on('error', error => {
        reason = error.message;
    });
    socket.on('close', () => onClose(reason));
    const resume = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
    socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\n` +
            `Authorization: Bearer ${token}\r\nCache-Control: no-cache\r\nUser-Agent: bench\r\n` +
            `${formatHeaders({ ...headers, ...resume })}\r\n`
    );
    return {
        pause: () => void socket.pause(),
        resume: () => void socket.resume(),
        destroy: () => void socket.destroy()
    };
}
