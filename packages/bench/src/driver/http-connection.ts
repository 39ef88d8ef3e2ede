import { connect } from 'node:net';
import { BenchError } from '../errors.ts';
import { createResponseParser } from './http-parser.ts';
import { TOKEN } from './token.ts';

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
    /** Sends a whole request, as it is to go over the wire, and settles with whatever is answered. */
    send(request: string): Promise<Answer>;
    /** Closes the connections that are not in use; more are opened when they are wanted. */
    closeIdle(): void;
    /** Closes the connections; those in use when they are done. */
    close(): void;
}

interface Answer {
    status: number;
    body: string;
}

interface Connection {
    /** When its last request was answered, in milliseconds. */
    idleSince: number;
    send(request: string): Promise<Answer>;
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

    const send = async (request: string) => {
        const connection = takeIdle() ?? openConnection(port, gone => idle.delete(gone));
        const answer = await connection.send(request);
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
            const answer = await send(
                `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: keep-alive\r\n` +
                    `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nAccept: */*\r\nUser-Agent: bench\r\n` +
                    `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
            );
            if (answer.status !== 202) {
                throw new BenchError(
                    'refused',
                    `POST answered ${answer.status}, not 202: ${answer.body.slice(0, 200)}`
                );
            }
        },
        close() {
            closed = true;
            closeIdle();
        }
    };
}

function openConnection(port: number, onGone: (connection: Connection) => void): Connection {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
    let status = 0;
    let body: Buffer[] = [];
    let reason = 'closed by the server';

    const parser = createResponseParser({
        onHead: head => {
            status = head;
            body = [];
        },
        onBody: chunk => body.push(chunk),
        onEnd: () => {
            connection.idleSince = performance.now();
            waiting?.resolve({ status, body: Buffer.concat(body).toString() });
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
        send: request =>
            new Promise((resolve, reject) => {
                waiting = { resolve, reject };
                socket.write(request);
            }),
        destroy: () => socket.destroy()
    };
    return connection;
}
