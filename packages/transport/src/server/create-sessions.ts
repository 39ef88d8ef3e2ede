import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { handleStreamable, type StreamableContext } from './http/handle-streamable.ts';
import { handleMessage, type MessageContext } from './http/post-message.ts';
import { runHandler } from './http/run-handler.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Observer } from './observer.ts';
import type { Session, SessionContext, SessionIdentity } from './session/session.ts';
import { SessionPlaces } from './session/session-places.ts';
import { skipSecondCheck } from './session/skip-second-check.ts';
import { SseSession } from './session/sse-session.ts';
import { StreamableSession } from './session/streamable-session.ts';
import { systemClock } from './system-clock.ts';
import type { ConnectableServer, McpRequest, RejectReason, SessionInfo } from './types.ts';
import { parseEventId } from './wire/event-id.ts';
import { STREAM_HEADERS } from './wire/framing.ts';
import { reject } from './wire/reject.ts';

export interface SessionsOptions {
    /** The path that clients post to, as they see it: behind a proxy, with the prefix. */
    endpoint: string;
    /**
     * Makes the MCP server of one session; called once for each, before the stream opens. A server of the SDK speaks
     * to one client only, so return a new one every time.
     */
    createServer(session: SessionInfo): ConnectableServer | Promise<ConnectableServer>;
    /** More headers for the answers to `GET /sse`, such as where else to go. */
    headers?: Readonly<Record<string, string>>;
    /**
     * Asked of each JSON value that is posted to `handleStreamable`: true if it is answered by somebody else, such as
     * one who serves revisions without sessions on the same path.
     */
    intercept?(req: McpRequest, res: ServerResponse, value: unknown): boolean;
    limits?: Partial<Limits>;
    observer?: Observer;
    /**
     * Names who sends a request; a session answers only to the one that opened it.
     * @default the token of `req.auth`
     */
    credentialOf?(req: McpRequest): string | undefined;
    /**
     * Names the client whose share of the places a new session takes.
     * @default the credential, else the address of the connection
     */
    clientOf?(req: McpRequest): string;
    clock?: Clock;
}

/** The sessions of one server, and the request handlers through which clients reach them. */
export interface Sessions {
    /** Sessions there are, those that wait to be resumed included. */
    readonly size: number;
    /** Event streams that are open. */
    readonly openStreams: number;
    /** Bytes of messages that are kept for all clients together. */
    readonly bufferedBytes: number;
    /** Whether `drain` has been called. */
    readonly isDraining: boolean;
    /** Answers `GET /sse`: opens a session, or resumes the one that `Last-Event-ID` names. `HEAD` gets the headers. */
    handleStream(req: McpRequest, res: ServerResponse): Promise<void>;
    /** Answers `POST /messages?sessionId=…`: 202, or an error; replies come on the stream. */
    handleMessage(req: McpRequest, res: ServerResponse): void;
    /**
     * Answers everything that Streamable HTTP asks of its one path: `POST`, `GET` and `DELETE /mcp`; other methods with 405.
     */
    handleStreamable(req: McpRequest, res: ServerResponse): void;
    /**
     * Stops in good order: takes no new sessions or messages, lets the requests in flight be answered for up to
     * `timeoutMs` milliseconds, ends every session, and settles when the streams have closed or the time is up.
     */
    drain(timeoutMs: number): Promise<void>;
    /** Ends every session at once. */
    close(): void;
}

const OWN_SHARE =
    'The server has as many sessions as it takes, and your token or address has many of them; ' +
    'end one of yours, or try again later';

/**
 * Serves MCP over HTTP+SSE (specification of 2024-11-05, Transports) and Streamable HTTP (2025-03-26 to 2025-11-25) on
 * node's own requests and responses.
 *
 * @example
 * const sessions = createSessions({ endpoint: '/messages', createServer: () => createMcpServer() });
 * app.get('/sse', sessions.handleStream);
 * app.post('/messages', sessions.handleMessage);
 * app.all('/mcp', sessions.handleStreamable);
 */
export function createSessions(options: SessionsOptions): Sessions {
    const { endpoint, createServer, observer = {}, clock = systemClock } = options;
    const credentialOf = options.credentialOf ?? (req => req.auth?.token);
    const clientOf = options.clientOf ?? (req => credentialOf(req) ?? req.socket.remoteAddress ?? '');
    const limits = { ...defaultLimits, ...options.limits };
    const sessions = new Map<string, Session>();
    const places = new SessionPlaces(limits.maxSessions, sessions, clock);
    const streams = new Set<ServerResponse>();
    let isDraining = false;
    const context: SessionContext = {
        limits,
        clock,
        observer,
        sseHeaders: { ...STREAM_HEADERS, ...options.headers },
        onStream(res) {
            streams.add(res);
            res.on('close', () => streams.delete(res));
        },
        onUsed: session => places.noteUsed(session),
        onClosed(session) {
            sessions.delete(session.id);
            places.release(session);
        }
    };

    const turnAway = (res: ServerResponse, refusal: RejectReason, message?: string) => {
        observer.rejected?.(refusal, res);
        reject(res, refusal, null, message);
    };

    const refuseSession = (res: ServerResponse, client: string) => {
        if (isDraining) turnAway(res, 'draining');
        else turnAway(res, 'too-many-sessions', places.holdsMany(client) ? OWN_SHARE : undefined);
    };

    /** The session with that id, unless it belongs to somebody else: then it is as unknown as any other. */
    const find = (id: string, req: McpRequest) => {
        const session = sessions.get(id);
        return session && session.credential === credentialOf(req) ? session : undefined;
    };

    const messageContext: MessageContext = {
        find(id, req) {
            const session = find(id, req);
            return session instanceof SseSession ? session : undefined;
        },
        isDraining: () => isDraining,
        limits,
        observer
    };

    const streamableContext: StreamableContext = {
        ...messageContext,
        intercept: options.intercept,
        find(id, req) {
            const session = find(id, req);
            return session instanceof StreamableSession ? session : undefined;
        },
        async open(req, res) {
            if (res.destroyed) return undefined;
            const session = await open(req, res, identity => new StreamableSession(context, identity));
            if (!session) return undefined;
            places.noteUnused(session);
            observer.opened?.(session);
            return session;
        }
    };

    /** Makes a session and its server, unless there is no room; answers the request if that comes to nothing. */
    const open = async <Kind extends Session>(
        req: McpRequest,
        res: ServerResponse,
        create: (identity: SessionIdentity) => Kind
    ): Promise<Kind | undefined> => {
        const client = clientOf(req);
        const holder = isDraining ? undefined : places.take(client);
        if (!holder) {
            refuseSession(res, client);
            return undefined;
        }
        const session = create({ id: randomUUID(), holder, authInfo: req.auth, credential: credentialOf(req) });
        sessions.set(session.id, session);
        try {
            const server = await createServer(session);
            await server.connect(session);
            skipSecondCheck(server, session);
        } catch (error) {
            observer.failed?.(error instanceof Error ? error : new Error(String(error)), session);
            session.end('failed');
            turnAway(res, 'failed');
            return undefined;
        }
        // Making the server may have taken its time, and neither client nor operator may have waited.
        if (session.hasEnded) refuseSession(res, client);
        else if (res.destroyed) session.end('not-resumed');
        else return session;
        return undefined;
    };

    const resume = (req: McpRequest, res: ServerResponse): boolean => {
        const last = parseEventId(req.headers['last-event-id']?.toString() ?? '');
        if (!last || last.stream !== undefined) return false;
        const session = messageContext.find(last.sessionId, req);
        if (!session?.hasReached(last.position)) return false;
        if (!session.canResumeAfter(last.position)) {
            // Nobody else can use it, and its client is better told than left with a gap.
            session.end('replay-lost');
            return false;
        }
        const replayed = session.attach(res, last.position);
        observer.resumed?.(session, replayed);
        return true;
    };

    const openStream = async (req: McpRequest, res: ServerResponse) => {
        if (req.method === 'HEAD') {
            res.writeHead(200, context.sseHeaders).end();
            return;
        }
        // Middleware may have taken its time, and the client may not have waited.
        if (res.destroyed || resume(req, res)) return;
        const session = await open(
            req,
            res,
            identity => new SseSession(context, identity, `${endpoint}?sessionId=${identity.id}`)
        );
        if (!session) return;
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
            await runHandler(() => openStream(req, res), res, observer);
        },
        handleMessage(req, res) {
            void runHandler(() => handleMessage(req, res, messageContext), res, observer);
        },
        handleStreamable(req, res) {
            void runHandler(() => handleStreamable(req, res, streamableContext), res, observer);
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
            const closed = [...streams].map(res => new Promise<void>(resolve => res.once('close', resolve)));
            await Promise.race([Promise.all(closed), timeUp]);
            for (const res of streams) res.destroy();
            cancel();
        },
        close() {
            isDraining = true;
            for (const session of sessions.values()) session.end('closed');
            for (const res of streams) res.destroy();
        }
    };
}
