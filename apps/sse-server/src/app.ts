import type { RequestListener } from 'node:http';
import { createClock, createEnvironment, type Environment, JOKE_API_TIMEOUT_MS } from '@calc/tools';
import { createSessions, RpcCode, sendRpcError } from '@calc/transport/server';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { clientOf } from './access/client-of.ts';
import { createGuards } from './access/guards.ts';
import type { Config } from './config/config.ts';
import type { Faults } from './faults/faults.ts';
import { allowOnly } from './http/allow-only.ts';
import { addSlash, stripBasePath } from './http/base-path.ts';
import { createErrorHandler } from './http/error-handler.ts';
import { dispatch, releaseRouteState } from './http/express-internals.ts';
import { servePage } from './http/page.ts';
import { probeRoutes } from './http/probe-routes.ts';
import { isStateless } from './mcp/era.ts';
import { createServers, type Servers } from './mcp/servers.ts';
import { createStateless } from './mcp/stateless.ts';
import { successorHeaders } from './mcp/successor.ts';
import { createLog } from './operations/log.ts';
import { createMetrics, type Metrics } from './operations/metrics.ts';
import { observeCalls, observeErrors, observeRefusals, observeSessions } from './operations/observe.ts';
import { watchRefusals } from './operations/watch-refusals.ts';

export interface App {
    /** The routes; for `expressClasses`. */
    express: Express;
    /** Handles requests of those classes, each in its turn on its connection; the caller listens. */
    handler: RequestListener;
    /** Takes no new work, lets calls in flight be answered for up to `timeoutMs` milliseconds, and ends the streams. */
    drain(timeoutMs: number): Promise<void>;
}

/** What tests and benchmarks put in place of the real thing. */
export interface Overrides extends Partial<Environment> {
    metrics?: Metrics;
    servers?: Servers;
}

const WHERE_TO = 'MCP clients connect to /mcp, those that speak HTTP+SSE to /sse';
const NOT_FOUND = `Not found; ${WHERE_TO}`;

/** Puts the routes together; it never listens. `faults` are there in lessons only. */
export function createApp(config: Config, overrides: Overrides = {}, faults?: Faults): App {
    const { metrics = createMetrics(), servers: otherServers, ...environmentOverrides } = overrides;
    const log = createLog(config.log);
    const environment = createEnvironment({
        jokeApi: { url: config.jokeApiUrl, timeoutMs: JOKE_API_TIMEOUT_MS },
        warn: message => log.warn(message),
        ...environmentOverrides
    });
    const clock = createClock();
    const servers =
        otherServers ?? createServers({ environment, clock, onCall: observeCalls(log, metrics) }, config.limits);
    const onError = observeErrors(log);
    const refusals = observeRefusals(log, metrics);
    const { maxSessions, heartbeatMs } = config.limits;
    const stateless = createStateless({
        createServer: servers.forRequest,
        clock,
        clientOf: req => clientOf(req as Request),
        limits: { maxExchanges: maxSessions, maxSubscriptions: maxSessions, heartbeatMs },
        rejected: refusals.note,
        onError
    });
    const observer = observeSessions(log, metrics, refusals.note);
    const sessions = createSessions({
        endpoint: `${config.basePath}/messages`,
        createServer: ({ transport }) => servers.forSession(transport, onError),
        headers: successorHeaders(config.basePath),
        intercept(req, res, value, parsed) {
            if (!isStateless(req, value)) return false;
            stateless.handle(req, res, value, parsed);
            return true;
        },
        clientOf: req => clientOf(req as Request),
        limits: config.limits,
        observer: faults ? faults.observe(observer) : observer
    });
    metrics.watch(sessions, stateless);
    const guards = createGuards(config, environment.now, refusals.note);
    const openStream: RequestHandler = async (req, res) => {
        await sessions.handleStream(req, res);
        releaseRouteState(req, res);
    };

    const openMcpStream: RequestHandler = (req, res) => {
        sessions.handleStreamable(req, res);
        releaseRouteState(req, res);
    };

    const app = express();
    watchRefusals(app, refusals.answered);
    app.disable('x-powered-by');
    app.disable('etag');
    app.set('trust proxy', config.trustedProxies);
    if (config.basePath) app.use(stripBasePath(config.basePath));

    const keepOut = faults ? [faults.keepOut] : [];
    const posts = new Map<string, object>([
        ['/messages', app.route('/messages').post(...keepOut, ...guards.messages, sessions.handleMessage)],
        ['/mcp', app.route('/mcp').post(...guards.messages, sessions.handleStreamable)]
    ]);

    app.use(probeRoutes(sessions, stateless, environment.now));
    app.use(guards.all);

    app.head('/sse', ...guards.clients, sessions.handleStream);
    app.get('/sse', ...keepOut, ...guards.clients, openStream);
    app.all('/sse', allowOnly('GET, HEAD', WHERE_TO));

    app.all('/messages', allowOnly('POST'));

    app.get('/mcp', ...guards.clients, openMcpStream);
    app.all('/mcp', ...guards.clients, sessions.handleStreamable);

    app.get('/metrics', ...guards.clients, async (_req, res) => {
        res.set('Content-Type', metrics.contentType).send(await metrics.toText());
    });
    app.all('/metrics', allowOnly('GET, HEAD'));

    if (faults) app.use(faults.routes(guards.clients));

    app.use(guards.browsers);
    if (config.basePath) app.use(addSlash(config.basePath));
    app.use(servePage());
    // Not '/', which `//` would fit too.
    app.all(/^\/$/, allowOnly('GET, HEAD', WHERE_TO));
    app.use((_req, res) => sendRpcError(res, 404, RpcCode.InvalidRequest, NOT_FOUND));
    const handleError = createErrorHandler(log);
    app.use(handleError);

    const route = (req: Request, res: Response) => {
        const post = req.method === 'POST' ? posts.get(pathOf(req)) : undefined;
        if (post) dispatch(post, req, res, error => handleError(error, req, res, () => res.destroy()));
        else app(req, res, () => answerLast(res));
    };
    const handler: RequestListener = (req, res) => route(req as Request, res as Response);
    const drain = async (timeoutMs: number) => {
        await Promise.all([sessions.drain(timeoutMs), stateless.drain(timeoutMs)]);
    };
    return { express: app, handler, drain };
}

/**
 * The path as it stands in the request. Nearly all requests are messages, and go to their route at once: Express would
 * take a tenth of a call's time to set itself up and find it, as it does for any other spelling of the path.
 */
function pathOf({ url }: Request): string {
    const query = url.indexOf('?');
    return query === -1 ? url : url.slice(0, query);
}

/**
 * Where Express gives up: its router cannot take a URL such as `http://[/` apart, or an answer that has begun cannot
 * go on. Its own last resort would speak HTML.
 */
function answerLast(res: Response): void {
    if (res.headersSent) res.destroy();
    else sendRpcError(res, 400, RpcCode.InvalidRequest, 'Bad request');
}
