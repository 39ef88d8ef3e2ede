import type { IncomingMessage, ServerResponse } from 'node:http';
import { CLOCK_URI, type Clock } from '@calc/tools';
import { type ParsedMessage, Places, type RejectReason, readId, reject } from '@calc/transport/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import { createClockBus } from './clock-bus.ts';
import { readRejection, rejectOverLimit, type StatelessRejectReason } from './stateless-rejection.ts';

export interface StatelessOptions {
    /** Makes the server of one request. */
    createServer(): McpServer;
    /** The resource that `subscriptions/listen` supports. */
    clock: Clock;
    /** The name of the client for which a request takes a place; see `Places`. */
    clientOf(req: IncomingMessage): string;
    limits: StatelessLimits;
    /** Called with each request that this server or the SDK rejects, before it is answered. */
    rejected?(refusal: RejectReason | StatelessRejectReason, res: ServerResponse): void;
    /** Called with the SDK's errors: rejected requests and defects. Must not throw. */
    onError(error: Error): void;
}

export interface StatelessLimits {
    /** Unanswered requests, without subscriptions. Clients that hold few may have a tenth more; see `Places`. */
    maxExchanges: number;
    /** Open subscriptions. Clients that hold few may have a tenth more; see `Places`. */
    maxSubscriptions: number;
    /** Time between two comments on a stream, in milliseconds. A client that reads nothing for four times as long is disconnected. */
    heartbeatMs: number;
}

/** The stateless revision 2026-07-28. Requests share no state, and a subscription ends with its response. */
export interface Stateless {
    /** Answers a POST. `body` is its JSON value, and `parsed` the result of `parseMessage`. */
    handle(req: IncomingMessage, res: ServerResponse, body: unknown, parsed: ParsedMessage): void;
    /** Number of unanswered requests, without subscriptions. */
    readonly exchanges: number;
    /** Number of open streams of `subscriptions/listen`. */
    readonly subscriptions: number;
    /**
     * Rejects new requests, waits up to `timeoutMs` milliseconds for the answers to those in flight, ends the
     * subscriptions, and resolves when all responses have closed. Idempotent.
     */
    drain(timeoutMs: number): Promise<void>;
}

/** A request that a server has received has both members. */
type ServerRequest = IncomingMessage & { method: string; url: string };

const EVENT_STREAM = 'text/event-stream';
/** A client that reads nothing for so many heartbeats is disconnected. */
const STUCK_HEARTBEATS = 4;
/** Time to send the last messages to clients that read, in milliseconds. */
const LAST_WORDS_MS = 250;

/** Serves MCP 2026-07-28 with the SDK's second generation, within limits. */
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
    /** Open responses to requests, answered or not; `streams` are those to subscriptions. */
    const requests = new Set<ServerResponse>();
    const streams = new Set<ServerResponse>();
    let whenLess: (() => void) | undefined;
    let drained: Promise<void> | undefined;

    const serve = (req: IncomingMessage, res: ServerResponse, body: unknown, whenAnswered: () => void) => {
        const fetch = async (...args: Parameters<typeof handler.fetch>) => {
            // Calls have no time limit, as in a session.
            req.socket.setTimeout(0);
            let response = await handler.fetch(...args);
            // The SDK sets keep-alive even if the client asks for close (RFC 9112, section 9.6). Node sets the right value.
            response.headers.delete('Connection');
            // This answer is complete; only sending it may take time.
            if (response.headers.get('content-type') !== EVENT_STREAM) whenAnswered();
            if (response.status === 400) {
                const rejection = await readRejection(response);
                rejected?.(rejection.reason, res);
                response = rejection.response;
            }
            // A client that reads gets a comment or an answer within that time. `inTurn` resets it for the next request.
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
        // These revisions have no initialize. The SDK answers that the method is unknown, whatever its params are.
        if (parsed.kind === 'bad-params' && method !== 'initialize') return rejectRequest('bad-params', parsed.problem);
        const isListen = method === 'subscriptions/listen';
        const places = isListen ? subscriptions : exchanges;
        let place = places.take(clientOf(req));
        if (!place) {
            const reason = isListen ? 'too-many-subscriptions' : 'too-many-exchanges';
            rejected?.(reason, res);
            return rejectOverLimit(res, reason, readId(body));
        }
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

    /** Waits until `isOver` returns true, for at most `ms` milliseconds. */
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

/** Removes the URIs of resources that never change. The SDK would otherwise keep, search and confirm the whole list. */
function withoutIdleUris(body: unknown): unknown {
    const { params } = Object(body);
    const uris: unknown = params?.notifications?.resourceSubscriptions;
    if (!Array.isArray(uris) || !uris.every(uri => typeof uri === 'string')) return body;
    const resourceSubscriptions = uris.includes(CLOCK_URI) ? [CLOCK_URI] : [];
    const notifications = { ...params.notifications, resourceSubscriptions };
    return { ...Object(body), params: { ...params, notifications } };
}
