import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server on a free port whose connections a test can break. */
export interface HttpFixture extends AsyncDisposable {
    url: string;
    sseUrl: string;
    /** Destroys all connections. */
    breakAll(): void;
    /** Number of responses in progress, streams included. */
    readonly answering: number;
}

/** Serves a request handler, such as an Express app. */
export async function serveHttp(
    handle: (req: IncomingMessage, res: ServerResponse) => void,
    port = 0
): Promise<HttpFixture> {
    const sockets = new Set<Socket>();
    let answering = 0;
    const server: Server = createServer((req, res) => {
        answering++;
        res.on('close', () => answering--);
        handle(req, res);
    });
    server.on('connection', socket => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
    });
    await once(server.listen(port, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const breakAll = () => {
        for (const socket of sockets) socket.destroy();
    };
    return {
        url,
        sseUrl: `${url}/sse`,
        breakAll,
        get answering() {
            return answering;
        },
        async [Symbol.asyncDispose]() {
            breakAll();
            await new Promise(resolve => server.close(resolve));
        }
    };
}
