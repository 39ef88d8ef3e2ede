import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createSessions, inTurn, type McpRequest, type Sessions, type SessionsOptions } from '@calc/transport/server';

/** `@calc/transport` alone on node's own HTTP server, without Express and without the calculator. */
export interface TransportFixture extends AsyncDisposable {
    sseUrl: string;
    mcpUrl: string;
    sessions: Sessions;
}

export interface FixtureOptions extends Omit<SessionsOptions, 'endpoint'> {
    /** Runs before the handlers, which begin with `next`. */
    middleware?(req: McpRequest, next: () => void): unknown;
    /** @default createSessions */
    makeSessions?(options: SessionsOptions): Sessions;
}

/**
 * Serves sessions on a free port. A request with `Authorization: Bearer NAME` is taken for one of NAME, as if
 * middleware had found the token good.
 */
export async function serveTransport({
    middleware = (_req, next) => next(),
    makeSessions = createSessions,
    ...options
}: FixtureOptions): Promise<TransportFixture> {
    const sessions = makeSessions({ endpoint: '/messages', ...options });
    const handle = (req: McpRequest, res: ServerResponse) => {
        const token = req.headers.authorization?.replace('Bearer ', '');
        if (token) req.auth = { token, clientId: token, scopes: [] };
        if (req.url === '/mcp') sessions.handleStreamable(req, res);
        else if (req.method === 'POST') sessions.handleMessage(req, res);
        else void sessions.handleStream(req, res);
    };
    const server = createServer(inTurn((req, res) => void middleware(req, () => handle(req, res))));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
        sseUrl: `${url}/sse`,
        mcpUrl: `${url}/mcp`,
        sessions,
        async [Symbol.asyncDispose]() {
            sessions.close();
            server.close();
            server.closeAllConnections();
            await once(server, 'close');
        }
    };
}

/** Middleware that parses the JSON of a POST, as `express.json()` does. */
export async function parseBody(req: McpRequest, next: () => void): Promise<void> {
    if (req.method === 'POST') req.body = await json(req);
    next();
}
