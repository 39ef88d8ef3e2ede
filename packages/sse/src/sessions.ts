import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type SseClock, systemClock } from './clock.ts';
import { type Refusal, refuse } from './errors.ts';
import { breakOff, whenGone } from './event-stream.ts';
import { parseEventId, STREAM_HEADERS } from './framing.ts';
import { handleMessage, type MessageContext } from './handle-message.ts';
import { defaultLimits, type SseLimits } from './limits.ts';
import type { SseObserver } from './observer.ts';
import { Session, type SessionContext } from './session.ts';
import { skipSecondCheck } from './skip-second-check.ts';
import type { SseSession } from './sse-session.ts';

/** A request as the handlers take it: node's own, with what middleware may have added. */
export interface SseRequest extends IncomingMessage {
    /** Set by middleware that authenticates; reaches tools as `extra.authInfo`. */
    auth?: AuthInfo;
    /** Set by middleware that has read the body already, such as `express.json()`. */
    body?: unknown;
}

export interface SseOptions {
    /** The path that clients post to, as they see it: behind a proxy, with the prefix. */
    endpoint: string;
    /**
     * Makes the MCP server of one session; called once for each, before the stream opens. A server of the SDK speaks
     * to one client only, so return a new one every time.
     */
    createServer(session: SseSession): SseServer | Promise<SseServer>;
    limits?: Partial<SseLimits>;
    observer?: SseObserver;
    /**
     * Names who sends a request; a session answers only to the one that opened it.
     * @default the token of `req.auth`
     */
    credentialOf?(req: SseRequest): string | undefined;
    clock?: SseClock;
}

/** What a session needs of a server: the SDK's `McpServer` and `Server` have it. */
export interface SseServer {
    connect(transport: Transport): Promise<void>;
}

/** The sessions of one server, and the two request handlers through which clients reach them. */
export interface SseSessions {
    /** Sessions there are, those that wait to be resumed included. */
    readonly size: number;
    /** Sessions whose client listens now. */
    readonly openStreams: number;
    /** Bytes of messages that are kept for all clients together. */
    readonly bufferedBytes: number;
    /** Whether `drain` has been called. */
    readonly isDraining: boolean;
    /** Answers `GET /sse`: opens a session, or resumes the one that `Last-Event-ID` names. `HEAD` gets the headers. */
    handleStream(req: SseRequest, res: ServerResponse): Promise<void>;
    /** Answers `POST /messages?sessionId=…`: 202, or an error; replies come on the stream. */
    handleMessage(req: SseRequest, res: ServerResponse): void;
    /**
     * Stops in good order: takes no new sessions or messages, lets the requests in flight be answered for up to
     * `timeoutMs` milliseconds, ends every session, and settles when the streams have closed or the time is up.
     */
    drain(timeoutMs: number): Promise<void>;
    /** Ends every session at once. */
    close(): void;
}

/**
 * Serves MCP over HTTP+SSE (specification of 2024-11-05, Transports) on node's own requests and responses.
 *
 * @example
 * const sessions = createSseSessions({ endpoint: '/messages', createServer: () => createMcpServer() });
 * app.get('/sse', sessions.handleStream);
 * app.post('/messages', sessions.handleMessage);
 */
export function createSseSessions(options: SseOptions): SseSessions {
    const { endpoint, createServer, observer = {}, clock = systemClock } = options;
    const credentialOf = options.credentialOf ?? (req => req.auth?.token);
    const limits = { ...defaultLimits, ...options.limits };
    const sessions = new Map<string, Session>();
    const streams = new Set<ServerResponse>();
    const context: SessionContext = { limits, clock, observer, onClosed: ({ id }) => sessions.delete(id) };
    let isDraining = false;

    const turnAway = (res: ServerResponse, refusal: Refusal) => {
        observer.refused?.(refusal);
        refuse(res, refusal);
    };

    const track = (res: ServerResponse) => {
        streams.add(res);
        whenGone(res, () => streams.delete(res));
    };

    /** The session with that id, unless it belongs to somebody else: then it is as unknown as any other. */
    const find = (id: string, req: SseRequest) => {
        const session = sessions.get(id);
        return session && session.credential === credentialOf(req) ? session : undefined;
    };

    const messageContext: MessageContext = {
        find,
        isDraining: () => isDraining,
        maxBytes: limits.maxMessageBytes,
        observer
    };

    const resume = (req: SseRequest, res: ServerResponse): boolean => {
        const last = parseEventId(req.headers['last-event-id']?.toString() ?? '');
        if (!last) return false;
        const session = find(last.sessionId, req);
        if (!session?.hasReached(last.position)) return false;
        if (!session.canResumeAfter(last.position)) {
            // Nobody else can use it, and its client is better told than left with a gap.
            session.end('replay-lost');
            return false;
        }
        track(res);
        const replayed = session.attach(res, last.position);
        observer.resumed?.(session, replayed);
        return true;
    };

    const open = async (req: SseRequest, res: ServerResponse) => {
        const id = randomUUID();
        const session = new Session(context, {
            id,
            endpoint: `${endpoint}?sessionId=${id}`,
            authInfo: req.auth,
            credential: credentialOf(req)
        });
        sessions.set(id, session);
        try {
            const server = await createServer(session);
            await server.connect(session);
            skipSecondCheck(server, session);
        } catch (error) {
            observer.failed?.(error instanceof Error ? error : new Error(String(error)), session);
            session.end('failed');
            return turnAway(res, 'failed');
        }
        // Making the server may have taken its time, and neither client nor operator may have waited.
        if (session.hasEnded) return turnAway(res, 'draining');
        if (res.destroyed || res.req.socket.destroyed) return session.end('not-resumed');
        track(res);
        session.attach(res, 0);
        observer.opened?.(session);
    };

    return {
        get size() {
            return sessions.size;
        },
        get openStreams() {
            return streams.size;
        },
        get bufferedBytes() {
            let bytes = 0;
            for (const session of sessions.values()) bytes += session.bufferedBytes;
            return bytes;
        },
        get isDraining() {
            return isDraining;
        },
        async handleStream(req, res) {
            if (req.method === 'HEAD') {
                res.writeHead(200, STREAM_HEADERS).end();
                return;
            }
            // Middleware may have taken its time, and the client may not have waited.
            if (res.destroyed || res.req.socket.destroyed) return;
            if (resume(req, res)) return;
            if (isDraining) return turnAway(res, 'draining');
            if (sessions.size >= limits.maxSessions) return turnAway(res, 'too-many-sessions');
            await open(req, res);
        },
        handleMessage(req, res) {
            handleMessage(req, res, messageContext);
        },
        async drain(timeoutMs) {
            isDraining = true;
            let cancel = () => {};
            const timeUp = new Promise<void>(resolve => {
                cancel = clock.schedule(resolve, timeoutMs);
            });
            const finish = async (session: Session) => {
                await Promise.race([session.settled(), timeUp]);
                session.end('drained');
            };
            await Promise.all([...sessions.values()].map(finish));
            const closed = [...streams].map(res => new Promise<void>(resolve => whenGone(res, resolve)));
            await Promise.race([Promise.all(closed), timeUp]);
            for (const res of streams) breakOff(res);
            cancel();
        },
        close() {
            isDraining = true;
            for (const session of sessions.values()) session.end('closed');
            for (const res of streams) breakOff(res);
        }
    };
}
