import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createSseSessions, RpcCode, sendRpcError } from '@calc/sse';
import { createClock, createEnvironment, type Environment } from '@calc/tools';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { checkHostAndOrigin } from './access.ts';
import type { Config } from './config.ts';
import { handleError } from './errors.ts';
import { createMcpServer } from './mcp-server.ts';
import { servePage } from './page.ts';
import { version } from './version.ts';

export interface App {
    /** The routes; for those who make its requests and responses. */
    express: Express;
    /** Handles requests; the caller listens. */
    handler: RequestListener;
    /** Takes no new work, lets calls in flight be answered for up to `timeoutMs` milliseconds, and ends the streams. */
    drain(timeoutMs: number): Promise<void>;
}

/** Puts the routes together; it never listens. Overrides of the environment are for tests. */
export function createApp(config: Config, overrides: Partial<Environment> = {}): App {
    const environment = createEnvironment({ jokeApi: { url: config.jokeApiUrl, timeoutMs: 3000 }, ...overrides });
    const clock = createClock();
    const sessions = createSseSessions({
        endpoint: '/messages',
        createServer: () => createMcpServer(environment, clock),
        limits: config.limits,
        observer: { failed: error => environment.warn(`A session could not be opened: ${error.message}`) }
    });
    const startedAt = environment.now().getTime();
    const openStream: RequestHandler = async (req, res) => {
        await sessions.handleStream(req, res);
        letGoOfRoute(req, res);
    };
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');

    const guard = checkHostAndOrigin(config);
    // Express tries one route after the other, and nearly all requests are for this one.
    app.post('/messages', guard, sessions.handleMessage);

    app.get('/health', (_req, res) => {
        const now = environment.now();
        res.json({
            status: 'ok',
            transport: 'sse',
            connections: sessions.openStreams,
            timestamp: now.toISOString(),
            uptime: (now.getTime() - startedAt) / 1000,
            version
        });
    });
    app.all('/health', allowOnly('GET, HEAD'));

    app.use(guard);

    app.head('/sse', sessions.handleStream);
    app.get('/sse', openStream);
    app.all('/sse', allowOnly('GET, HEAD'));

    app.all('/messages', allowOnly('POST'));

    app.use(servePage());
    app.use((_req, res) => sendRpcError(res, 404, RpcCode.InvalidRequest, 'Not found; MCP clients connect to /sse'));
    app.use(handleError);

    return { express: app, handler: (req, res) => route(app, req, res), drain: sessions.drain };
}

function allowOnly(methods: string): RequestHandler {
    return (_req, res) => {
        res.set('Allow', methods);
        sendRpcError(res, 405, RpcCode.InvalidRequest, `Method not allowed; this route takes ${methods}`);
    };
}

/** Answers what Express's router cannot take apart, such as `http://[/`; its own last resort would speak HTML. */
function route(app: Express, req: IncomingMessage, res: ServerResponse): void {
    app(req as Request, res as Response, () => sendRpcError(res, 400, RpcCode.InvalidRequest, 'Bad request'));
}

/** A stream lives for hours. What Express keeps for handlers further on is let go of: 1.3 KB a session. */
function letGoOfRoute(req: Request, res: Response): void {
    Object.assign(req, { next: undefined, params: undefined, route: undefined, _parsedUrl: undefined });
    Object.assign(res, { locals: undefined });
}
