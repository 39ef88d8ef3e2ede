import type { RequestListener, ServerOptions, ServerResponse } from 'node:http';
import type { Sessions } from '@calc/transport/server';
import type { RequestHandler } from 'express';
import type { createSignIns, SignInChange } from '../access/sign-ins.ts';
import type { Config } from '../config/config.ts';
import type { Stateless } from '../mcp/stateless.ts';
import type { Log } from '../operations/log.ts';
import type { Metrics } from '../operations/metrics.ts';
import { createForward } from './forward.ts';
import type { Route } from './forwarded-headers.ts';
import { listenPrivately } from './listen-privately.ts';
import type { Peers } from './peers.ts';
import { createPrivateHandler } from './private-handler.ts';

/** What the routes use of the other workers. */
export interface Workers {
    /** Go in front of the handlers of a route, and hand a request to the worker that holds its session. */
    toOwner: Record<Route, RequestHandler[]>;
    /** The open streams of all workers. */
    countStreams(): number | Promise<number>;
    /** The metrics of all workers, in Prometheus's text format. */
    formatMetrics(): Promise<string>;
    /** Waits up to `timeoutMs` milliseconds until the answers of other workers have been sent. */
    drain(timeoutMs: number): Promise<void>;
    /**
     * Lets other workers reach this one, and takes over which browsers have signed in. Returns the function that ends it.
     *
     * @param classes of requests and responses, as for the public port.
     */
    open(classes: ServerOptions): Promise<() => Promise<void>>;
}

/** The parts of this process that other workers use. */
export interface OwnParts {
    config: Config;
    log: Log;
    /** Whether all workers answer for all sessions, so that none hands requests over. */
    areSessionsShared: boolean;
    sessions: Sessions;
    stateless: Stateless;
    metrics: Metrics;
    signIns: ReturnType<typeof createSignIns>;
    /** Notes the reason of a refusal, before the response is sent. */
    note(reason: string, res: ServerResponse): void;
}

/** How long `GET /health` waits for a worker, in milliseconds. Kubernetes' probes wait for one second. */
const PROBE_MS = 500;
const NOT_HANDED_OVER: Workers['toOwner'] = { messages: [], sse: [], mcp: [] };

/** One process that has no other workers. */
export function workAlone(own: OwnParts): Workers {
    return {
        toOwner: NOT_HANDED_OVER,
        countStreams: () => countOwnStreams(own),
        formatMetrics: () => own.metrics.toText(),
        drain: async () => {},
        open: async () => async () => {}
    };
}

/** One of several workers that serve the same port. */
export function joinWorkers(peers: Peers, own: OwnParts): Workers {
    const { config, log, sessions, metrics, signIns, note } = own;
    const { heartbeatMs } = config.limits;
    const forward = createForward({
        owners: peers.owners,
        heartbeatMs,
        isDraining: () => sessions.isDraining,
        note
    });
    const answers = {
        runs: () => true,
        metrics: metrics.toJson,
        streams: () => countOwnStreams(own),
        'sign-in': (change: unknown) => signIns.apply(change as SignInChange),
        'sign-ins': signIns.list
    };
    const handler: RequestListener = createPrivateHandler(sessions, answers, config.tls !== undefined);
    return {
        toOwner: own.areSessionsShared
            ? NOT_HANDED_OVER
            : { messages: [forward.messages], sse: [forward.sse], mcp: [forward.mcp] },
        async countStreams() {
            const others = (await peers.askAll('streams', null, PROBE_MS)) as number[];
            return others.reduce((sum, count) => sum + count, countOwnStreams(own));
        },
        formatMetrics: async () => metrics.toText((await peers.askAll('metrics')) as object[]),
        drain: forward.drain,
        async open(classes) {
            const close = await listenPrivately(peers, classes, handler, log);
            const lists = (await peers.askAll('sign-ins')) as SignInChange[][];
            for (const change of lists.flat()) signIns.apply(change);
            return close;
        }
    };
}

function countOwnStreams({ sessions, stateless }: OwnParts): number {
    return sessions.openStreams + stateless.subscriptions;
}
