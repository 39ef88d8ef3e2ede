import { createClock, createEnvironment, type Environment } from '@calc/tools';
import express, { type Express, type RequestHandler } from 'express';
import { checkHostAndOrigin } from './access.ts';
import type { Config } from './config.ts';
import { handleError, RpcCode, sendError } from './errors.ts';
import { createMcpServer } from './mcp-server.ts';
import { servePage } from './page.ts';
import { createSessions } from './sdk-sessions.ts';
import { version } from './version.ts';

export interface App {
    /** Handles requests; the caller listens. */
    handler: Express;
    /** Ends every stream. */
    close(): Promise<void>;
}

/** Puts the routes together; it never listens. Overrides of the environment are for tests. */
export function createApp(config: Config, overrides: Partial<Environment> = {}): App {
    const environment = createEnvironment({ jokeApi: { url: config.jokeApiUrl, timeoutMs: 3000 }, ...overrides });
    const clock = createClock();
    const sessions = createSessions('/messages', () => createMcpServer(environment, clock));
    const startedAt = environment.now().getTime();
    const handler = express();
    handler.disable('x-powered-by');
    handler.disable('etag');

    handler.get('/health', (_req, res) => {
        const now = environment.now();
        res.json({
            status: 'ok',
            transport: 'sse',
            connections: sessions.size,
            timestamp: now.toISOString(),
            uptime: (now.getTime() - startedAt) / 1000,
            version
        });
    });
    handler.all('/health', allowOnly('GET, HEAD'));

    handler.use(checkHostAndOrigin(config));

    handler.head('/sse', (_req, res) => {
        res.type('text/event-stream').set('Cache-Control', 'no-cache, no-transform').end();
    });
    handler.get('/sse', sessions.openStream);
    handler.all('/sse', allowOnly('GET, HEAD'));

    handler.post('/messages', sessions.receiveMessage);
    handler.all('/messages', allowOnly('POST'));

    handler.use(servePage());
    handler.use((_req, res) => sendError(res, 404, RpcCode.InvalidRequest, 'Not found; MCP clients connect to /sse'));
    handler.use(handleError);

    return { handler, close: () => sessions.close() };
}

function allowOnly(methods: string): RequestHandler {
    return (_req, res) => {
        res.set('Allow', methods);
        sendError(res, 405, RpcCode.InvalidRequest, `Method not allowed; this route takes ${methods}`);
    };
}
