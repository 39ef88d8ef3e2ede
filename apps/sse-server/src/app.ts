import type { RequestListener, ServerResponse } from 'node:http';
import { createClock, createEnvironment, type Environment } from '@calc/tools';
import { createSessions, RpcCode, type Sessions, sendRpcError } from '@calc/transport/server';
import express, { type Express, type Request, type Response } from 'express';
import type { Store } from 'express-rate-limit';
import { allowOnly } from './access/allow-only.ts';
import { clientOf } from './access/client-of.ts';
import { createGuards, type Guards } from './access/guards.ts';
import { createSignIns } from './access/sign-ins.ts';
import type { Config } from './config/config.ts';
import type { Faults } from './faults/faults.ts';
import { addSlash, stripBasePath } from './http/base-path.ts';
import { createErrorHandler } from './http/error-handler.ts';
import { servePage } from './http/page.ts';
import { probeRoutes } from './http/probe-routes.ts';
import { isStateless } from './mcp/era.ts';
import { createServers, type Servers } from './mcp/servers.ts';
import { createStateless } from './mcp/stateless.ts';
import { successorHeaders } from './mcp/successor.ts';
import { createLog, type Log } from './operations/log.ts';
import { createMetrics, type Metrics } from './operations/metrics.ts';
import { observeCalls, observeErrors, observeRefusals, observeSessions } from './operations/observe.ts';
import { watchRefusals } from './operations/watch-refusals.ts';
import { joinWorkers, type Workers, workAlone } from './peers/join-workers.ts';
import type { Peers } from './peers/peers.ts';
import type { Redis } from './redis/redis.ts';

export interface App {
    /** The routes. */
    express: Express;
    /** Passes a request to the routes. The caller must create requests by `expressClasses` and call this by `inTurn`. */
    handler: RequestListener;
    /** Lets the other workers reach this process. Required before the first session. */
    openToWorkers: Workers['open'];
    /** Rejects new requests, waits up to `timeoutMs` milliseconds for calls in flight, and ends the streams. */
    drain(timeoutMs: number): Promise<void>;
}

/** Parts that tests and benchmarks replace. */
export interface Overrides extends Partial<Environment> {
    metrics?: Metrics;
    servers?: Servers;
    /** The other workers that serve the same port. */
    peers?: Peers;
    /** Counts requests for the rate limit. */
    rateStore?: Store | undefined;
}

/** Parts that are loaded only if they are configured. */
export interface OptionalParts {
    /** Only with `TEACHING_FAULTS`. */
    faults?: Faults | undefined;
    /** Only with `REDIS_URL`. */
    redis?: Redis | undefined;
}

/** What the routes use. */
interface Parts {
    config: Config;
    log: Log;
    metrics: Metrics;
    environment: Environment;
    sessions: Sessions;
    guards: Guards;
    faults: Faults | undefined;
    redis: Redis | undefined;
    workers: Workers;
}

const WHERE_TO = 'MCP clients connect to /mcp, clients of HTTP+SSE to /sse';

/** Makes the app from its configuration. The app does not listen. */
export function createApp(config: Config, overrides: Overrides = {}, optional: OptionalParts = {}): App {
    const { faults, redis } = optional;
    const { metrics = createMetrics(), servers: otherServers, peers, rateStore, ...environmentOverrides } = overrides;
    const log = createLog(config.log);
    const environment = createEnvironment({
        jokeApi: config.jokeApi,
        warn: message => log.warn(message),
        ...environmentOverrides
    });
    const clock = createClock();
    const onCall = observeCalls(log, metrics);
    const servers = otherServers ?? createServers({ environment, clock, onCall }, config.limits);
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
    const sseHeaders = successorHeaders(config.basePath);
    const makeSessions = redis?.createSessions ?? createSessions;
    const sessions = makeSessions({
        endpoint: `${config.basePath}/messages`,
        createServer: ({ transport }) => servers.forSession(transport, onError),
        headers: sseHeaders,
        intercept(req, res, value, parsed) {
            if (!isStateless(req, value)) return false;
            stateless.handle(req, res, value, parsed);
            return true;
        },
        clientOf: req => clientOf(req as Request),
        limits: config.limits,
        // With Redis, no worker is the only one that has a session.
        ...(peers && !redis && { newSessionId: peers.owners.newSessionId }),
        observer: faults ? faults.observe(observer) : observer
    });
    metrics.watch(sessions, stateless, redis);
    const signIns = createSignIns(environment.now, change => peers?.askAll('sign-in', change));
    const guards = createGuards({
        config,
        signIns: redis?.createSignIns(environment.now) ?? signIns,
        rateStore: redis?.rateStore ?? rateStore,
        sseHeaders,
        isDraining: () => sessions.isDraining,
        tell: refusals.note
    });
    const own = {
        areSessionsShared: redis !== undefined,
        config,
        log,
        sessions,
        stateless,
        metrics,
        signIns,
        note: refusals.note
    };
    const workers = peers ? joinWorkers(peers, own) : workAlone(own);

    const app = express();
    watchRefusals(app, refusals.answered);
    addRoutes(app, { config, log, metrics, environment, sessions, guards, faults, redis, workers });
    return {
        express: app,
        handler: (req, res) => app(req as Request, res as Response, () => answerLast(res)),
        openToWorkers: workers.open,
        async drain(timeoutMs) {
            await Promise.all([sessions, stateless, workers].map(part => part.drain(timeoutMs)));
        }
    };
}

/** The routes, in the order in which Express tries them. */
function addRoutes(app: Express, parts: Parts): void {
    const { config, log, metrics, environment, sessions, guards, faults, redis, workers } = parts;
    app.disable('x-powered-by');
    app.disable('etag');
    app.set('trust proxy', config.trustedProxies);
    if (config.basePath) app.use(stripBasePath(config.basePath));

    // Nearly all requests are messages. Express tries routes in their order, which costs a tenth of a call further down.
    const keepOut = faults ? [faults.keepOut] : [];
    const { messages, sse, mcp } = workers.toOwner;
    app.post('/messages', ...guards.all, ...keepOut, ...guards.messages, ...messages, sessions.handleMessage);
    app.post('/mcp', ...guards.all, ...keepOut, ...guards.messages, ...mcp, sessions.handleStreamable);

    app.use(probeRoutes({ sessions, countStreams: workers.countStreams, now: environment.now, redis }));
    app.use(guards.all);

    // HTTP+SSE: the stream. Its messages are above.
    app.get('/sse', ...keepOut, guards.streams, ...sse, sessions.handleStream);
    app.all('/sse', allowOnly('GET, HEAD', WHERE_TO));
    app.all('/messages', allowOnly('POST'));

    // Streamable HTTP: GET and DELETE on the path of its POSTs.
    app.all('/mcp', ...keepOut, ...guards.clients, ...mcp, sessions.handleStreamable);

    app.get('/metrics', ...guards.clients, async (_req, res) => {
        res.set('Content-Type', metrics.contentType).send(await workers.formatMetrics());
    });
    app.all('/metrics', allowOnly('GET, HEAD'));
    if (faults) app.use(faults.routes(guards.clients));

    app.use(guards.browsers);
    if (config.basePath) app.use(addSlash(config.basePath));
    app.use(servePage());
    // Not '/', which also matches `//`.
    app.all(/^\/$/, allowOnly('GET, HEAD', WHERE_TO));
    app.use((_req, res) => sendRpcError(res, 404, RpcCode.InvalidRequest, `Not found; ${WHERE_TO}`));
    app.use(createErrorHandler(log, guards.reject));
}

/**
 * Answers requests that Express passes on: its router cannot parse a URL such as `http://[/`, or a handler failed after
 * its answer had begun. Express's own answer would be HTML.
 */
function answerLast(res: ServerResponse): void {
    if (res.headersSent) res.destroy();
    else sendRpcError(res, 400, RpcCode.InvalidRequest, 'Bad request');
}
