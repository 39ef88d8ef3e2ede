import type { IncomingHttpHeaders } from 'node:http';
import { Pool } from 'undici';
import { BenchError } from '../../errors.ts';
import { TOKEN } from '../token.ts';

/** Sends requests on kept-alive connections, one request at a time on each. */
export interface PostPool {
    port: number;
    /** The token that its requests have, unless their headers have another. */
    token: string;
    /**
     * Posts a message. Settles when the server has accepted it.
     *
     * @throws {BenchError} `refused` if the answer is not 202.
     */
    post(path: string, body: string): Promise<void>;
    /**
     * Sends a request: a POST of JSON if it has a body, otherwise a GET. If `toReader` returns a reader for the head,
     * that reader gets the body, and the body of the answer is empty.
     *
     * @throws {BenchError} `disconnected` if the connection is lost before the answer is complete.
     */
    send(request: Request, toReader?: ToReader): Promise<Answer>;
    /** Closes the idle connections; new ones are opened on demand. */
    closeIdle(): void;
    /** Closes all connections, each after its request in flight. */
    close(): void;
}

interface Request {
    path: string;
    headers?: Record<string, string>;
    body?: string;
}

/** Status and header fields, their names in lower case. */
export interface Head {
    status: number;
    headers: IncomingHttpHeaders;
}

export interface Answer extends Head {
    body: string;
}

type ToReader = (head: Head) => ((chunk: Buffer) => void) | undefined;

/** Shorter than the keep-alive time of every server, so that no request is sent on a connection that is being closed. */
const MAX_IDLE_MS = 2_000;

/** Makes a pool that opens a connection whenever all others are in use: a slow server must not slow the load. */
export function createPostPool(port: number, token = TOKEN): PostPool {
    const open = () =>
        new Pool(`http://127.0.0.1:${port}`, {
            keepAliveTimeout: MAX_IDLE_MS,
            keepAliveMaxTimeout: MAX_IDLE_MS,
            headersTimeout: 0,
            bodyTimeout: 0
        });
    let pool = open();
    const common = { Authorization: `Bearer ${token}`, 'User-Agent': 'bench' };

    const send = ({ path, headers, body }: Request, toReader?: ToReader) =>
        new Promise<Answer>((resolve, reject) => {
            let head: Head;
            const chunks: Buffer[] = [];
            let read: (chunk: Buffer) => void;
            const type = body !== undefined && { 'Content-Type': 'application/json' };
            pool.dispatch(
                {
                    method: type ? 'POST' : 'GET',
                    path,
                    headers: { ...common, ...type, ...headers },
                    body: body ?? null
                },
                {
                    // Without it undici takes the handler for one of its older kind.
                    onRequestStart() {},
                    onResponseStart(_controller, status, fields) {
                        head = { status, headers: fields };
                        read = toReader?.(head) ?? (chunk => chunks.push(chunk));
                    },
                    onResponseData: (_controller, chunk) => read(chunk),
                    onResponseEnd: () => resolve({ ...head, body: Buffer.concat(chunks).toString() }),
                    onResponseError(_controller, { message }) {
                        const lost = `${path} got no answer: its connection was lost (${message})`;
                        reject(new BenchError('disconnected', lost));
                    }
                }
            );
        });

    return {
        port,
        token,
        send,
        async post(path, body) {
            checkStatus(await send({ path, body }), 202);
        },
        closeIdle() {
            void pool.close();
            pool = open();
        },
        close: () => void pool.close()
    };
}

/** @throws {BenchError} `refused` if the answer has another status. */
export function checkStatus({ status, body }: Answer, expected: number): void {
    if (status === expected) return;
    throw new BenchError('refused', `POST answered ${status}, not ${expected}: ${body.slice(0, 200)}`);
}
