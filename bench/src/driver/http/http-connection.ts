import { connect } from 'node:net';
import { BenchError } from '../../errors.ts';
import { TOKEN } from '../token.ts';
import { createResponseParser } from './http-parser.ts';

/** Posts messages on kept-alive connections, one request at a time on each. */
export interface PostPool {
    port: number;
    /** What its messages show at the door. */
    token: string;
    /**
     * Settles when the server has accepted the message.
     *
     * @throws {BenchError} `refused` if the answer is not 202.
     */
    post(path: string, body: string): Promise<void>;
    /**
     * Sends a whole request, as it is to go over the wire, and settles with whatever is answered. With `toReader` the
     * body is read as it comes wherever that gives a reader for the head; the answer then has none.
     */
    send(request: string, toReader?: ToReader): Promise<Answer>;
    /** Closes the connections that are not in use; more are opened when they are needed. */
    closeIdle(): void;
    /** Closes the connections; those in use when they are done. */
    close(): void;
}

/** Status and header fields, their names in lower case. */
export interface Head {
    status: number;
    headers: ReadonlyMap<string, string>;
}

export interface Answer extends Head {
    body: string;
}

type ToReader = (head: Head) => ((chunk: Buffer) => void) | undefined;

interface Connection {
    /** When its last request was answered, in milliseconds. */
    idleSince: number;
    send(request: string, toReader?: ToReader): Promise<Answer>;
    destroy(): void;
}

/** Shorter than any server's keep-alive time, so that no request meets a connection that is just being closed. */
const MAX_IDLE_MS = 2_000;

/** Makes a pool that opens a connection whenever all others are in use: a slow server must not slow the load. */
export function createPostPool(port: number, token = TOKEN): PostPool {
    const idle = new Set<Connection>();
    let closed = false;

    const takeIdle = (): Connection | undefined => {
        for (const connection of idle) {
            idle.delete(connection);
            if (performance.now() - connection.idleSince < MAX_IDLE_MS) return connection;
            connection.destroy();
        }
        return undefined;
    };

    const closeIdle = () => {
        for (const connection of idle) connection.destroy();
        idle.clear();
    };

    const send = async (request: string, toReader?: ToReader) => {
        const connection = takeIdle() ?? openConnection(port, gone => idle.delete(gone));
        const answer = await connection.send(request, toReader);
        if (closed) connection.destroy();
        else idle.add(connection);
        return answer;
    };

    return {
        port,
        token,
        send,
        closeIdle,
        async post(path, body) {
            checkStatus(await send(formatPost({ port, token, path, accept: '*/*' }, body)), 202);
        },
        close() {
            closed = true;
            closeIdle();
        }
    };
}

export interface PostHead {
    port: number;
    token: string;
    path: string;
    accept: string;
    /** Headers besides those of every POST. */
    headers?: Record<string, string>;
}

/** A POST of JSON as it goes over the wire. */
export function formatPost({ port, token, path, accept, headers = {} }: PostHead, body: string): string {
    return (
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: keep-alive\r\n` +
        `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nAccept: ${accept}\r\nUser-Agent: bench\r\n` +
        `${formatHeaders(headers)}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    );
}

/** Header fields as they go over the wire, each with its line end. */
export function formatHeaders(headers: Record<string, string>): string {
    return Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('');
}

/** @throws {BenchError} `refused` if the answer has another status. */
export function checkStatus({ status, body }: Answer, expected: number): void {
    if (status === expected) return;
    throw new BenchError('refused', `POST answered ${status}, not ${expected}: ${body.slice(0, 200)}`);
}

function openConnection(port: number, onGone: (connection: Connection) => void): Connection {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
    let toReader: ToReader | undefined;
    let head: Head = { status: 0, headers: new Map() };
    let body: Buffer[] = [];
    let read: (chunk: Buffer) => void;
    let reason = 'closed by the server';

    const parser = createResponseParser({
        onHead: (status, headers) => {
            head = { status, headers };
            body = [];
            read = toReader?.(head) ?? (chunk => body.push(chunk));
        },
        onBody: chunk => read(chunk),
        onEnd: () => {
            connection.idleSince = performance.now();
            waiting?.resolve({ ...head, body: Buffer.concat(body).toString() });
            waiting = undefined;
        }
    });
    socket.on('data', chunk => parser.push(chunk));
    socket.on('error', error => {
        reason = error.message;
    });
    socket.on('close', () => {
        onGone(connection);
        waiting?.reject(new BenchError('disconnected', `A POST got no answer: its connection was lost (${reason})`));
    });

    const connection: Connection = {
        idleSince: 0,
        send: (request, readerOf) =>
            new Promise((resolve, reject) => {
                toReader = readerOf;
                waiting = { resolve, reject };
                socket.write(request);
            }),
        destroy: () => socket.destroy()
    };
    return connection;
}
