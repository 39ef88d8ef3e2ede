import type { IncomingMessage, ServerResponse } from 'node:http';
import { CLOCK_URI, type Clock } from '@calc/tools';
import { type ParsedMessage, Places, type RejectReason, readId, reject } from '@calc/transport/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import { createClockBus } from './clock-bus.ts';
import { readRejection, type StatelessRejectReason } from './stateless-rejection.ts';

export interface StatelessOptions {
    /** Makes the server of one request. */
    createServer(): McpServer;
    /** What `subscriptions/listen` may listen to. */
    clock: Clock;
    /** Names the client whose share of the places a request takes. */
    clientOf(req: IncomingMessage): string;
    limits: StatelessLimits;
    /** Told of each request that is turned away, by the SDK too, before it is answered. */
    rejected?(refusal: RejectReason | StatelessRejectReason, res: ServerResponse): void;
    /** Told of what the SDK refuses, in its words, and of its defects. Must not throw. */
    onError(error: Error): void;
}

export interface StatelessLimits {
    /** Requests at once that are not answered yet, subscriptions aside; for more see `Places`. */
    maxExchanges: number;
    /** Subscriptions at once; for more see `Places`. */
    maxSubscriptions: number;
    /** Time between two comments on a stream, in milliseconds. A reader that takes nothing for four is cut off. */
    heartbeatMs: number;
}

/** The stateless revision 2026-07-28: every request stands for itself, and what it opens ends with its response. */
export interface Stateless {
    /** Answers a POST. `body` is its JSON, and `parsed` is what `parseMessage` found in it. */
    handle(req: IncomingMessage, res: ServerResponse, body: unknown, parsed: ParsedMessage): void;
    /** How many requests are not answered yet, subscriptions aside. */
    readonly exchanges: number;
    /** How many streams of `subscriptions/listen` are open. */
    readonly subscriptions: number;
    /**
     * Takes no new request, lets those in flight be answered for up to `timeoutMs` milliseconds, ends the
     * subscriptions, and settles when nothing is left open. Idempotent.
     */
    drain(timeoutMs: number): Promise<void>;
}

/** What a server receives has both. */
type ServerRequest = IncomingMessage & { method: string; url: string };

const EVENT_STREAM = 'text/event-stream';
/** How many heartbeats a reader may leave unread. */
const STUCK_HEARTBEATS = 4;
/** Time for last words to reach clients that read, in milliseconds. */
const LAST_WORDS_MS = 250;

/** Serves 2026-07-28 by the SDK's second generation, within limits. */
export function createStateless({
    createServer,
    clock,
    clientOf,
    limits,
    rejected,
    onError
}: StatelessOptions): Stateless {
    const exchanges = new Places(limits.maxExchanges);
    const subscriptions = new Places(limits.maxSubscriptions);
    const handler = createMcpHandler(
        () => {
            const server = createServer();
            server.server.onerror = onError;
            return server;
        },
        {
            legacy: 'reject',
            bus: createClockBus(clock, onError),
            keepAliveMs: limits.heartbeatMs,
            maxSubscriptions: subscriptions.limit,
            onerror: onError
        }
    );
    /** What is not closed yet, answered or not. */
    const requests = new Set<ServerResponse>();
    const streams = new Set<ServerResponse>();
    let whenLess: (() => void) | undefined;
    let drained: Promise<void> | undefined;

    const serve = (req: IncomingMessage, res: ServerResponse, body: unknown, whenAnswered: () => void) => {
        const fetch = async (...args: Parameters<typeof handler.fetch>) => {
            // A call may take as long as it does in a session.
            req.socket.setTimeout(0);
            let response = await handler.fetch(...args);
            // The SDK says keep-alive even where the client has asked for close (RFC 9112, section 9.6). Node knows.
            response.headers.delete('Connection');
            // Such an answer is whole, and only its reader may take time.
            if (response.headers.get('content-type') !== EVENT_STREAM) whenAnswered();
            if (response.status === 400) {
                const rejection = await readRejection(response);
                rejected?.(rejection.reason, res);
                response = rejection.response;
            }
            // Whoever reads gets a comment or an answer within that time. The next request has node's own limit again.
            req.socket.setTimeout(STUCK_HEARTBEATS * limits.heartbeatMs);
            return response;
        };
        toNodeHandler({ fetch }, { onerror: onError })(req as ServerRequest, res, body).catch((error: Error) => {
            onError(error);
            if (res.headersSent) res.destroy();
            else reject(res, 'failed', readId(body));
        });
    };

    const handle: Stateless['handle'] = (req, res, body, parsed) => {
        const rejectRequest = (reason: RejectReason, problem?: string) => {
            rejected?.(reason, res);
            reject(res, reason, readId(body), problem);
        };
        if (res.destroyed) return;
        if (drained) return rejectRequest('draining');
        if (parsed.kind === 'not-a-message') return rejectRequest('not-json-rpc', parsed.problem);
        const { method } = Object(body);
        // These revisions have no initialize: the SDK answers that the method is unknown, whatever its params are.
        if (parsed.kind === 'bad-params' && method !== 'initialize') return rejectRequest('bad-params', parsed.problem);
        const isListen = method === 'subscriptions/listen';
        const places = isListen ? subscriptions : exchanges;
        let place = places.take(clientOf(req));
        if (!place) return rejectRequest(isListen ? 'too-many-subscriptions' : 'too-many-exchanges');
        const release = () => {
            if (place) places.release(place);
            place = undefined;
        };
        const open = isListen ? streams : requests;
        open.add(res);
        res.once('close', () => {
            release();
            open.delete(res);
            whenLess?.();
        });
        serve(req, res, isListen ? withoutIdleUris(body) : body, release);
    };

    /** Waits until `isOver`, for so many milliseconds at the most. */
    const wait = (isOver: () => boolean, ms: number) =>
        new Promise<void>(resolve => {
            const timer = setTimeout(resolve, ms);
            whenLess = () => {
                if (!isOver()) return;
                clearTimeout(timer);
                resolve();
            };
            whenLess();
        });

    const drain = async (timeoutMs: number) => {
        await wait(() => requests.size === 0, timeoutMs);
        await handler.close();
        await wait(() => requests.size + streams.size === 0, LAST_WORDS_MS);
        for (const res of [...requests, ...streams]) res.destroy();
    };

    return {
        handle,
        get exchanges() {
            return exchanges.taken;
        },
        get subscriptions() {
            return subscriptions.taken;
        },
        drain(timeoutMs) {
            drained ??= drain(timeoutMs);
            return drained;
        }
    };
}

/** The SDK would keep and look through whatever a client lists, and confirm it; here only the clock ever changes. */
function withoutIdleUris(body: unknown): unknown {
    const { params } = Object(body);
    const uris: unknown = params?.notifications?.resourceSubscriptions;
    if (!Array.isArray(uris) || !uris.every(uri => typeof uri === 'string')) return body;
    const resourceSubscriptions = uris.includes(CLOCK_URI) ? [CLOCK_URI] : [];
    const notifications = { ...params.notifications, resourceSubscriptions };
    return { ...Object(body), params: { ...params, notifications } };
}
