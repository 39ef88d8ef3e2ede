import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { ParsedMessage } from '../message/parse-message.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Observer } from './observer.ts';
import { toSafeObserver } from './safe-observer.ts';
import { systemClock } from './system-clock.ts';
import type { ConnectableServer, McpRequest, SessionInfo } from './types.ts';

export interface SessionsOptions {
    /** The path that clients of HTTP+SSE post to, including a prefix that a proxy removes. */
    endpoint: string;
    /**
     * Makes the MCP server of one session. It is called once for each session, before the stream opens, and must return a
     * new server each time, because a server of the SDK serves one client. If it throws, the client gets 500.
     */
    createServer(session: SessionInfo): ConnectableServer | Promise<ConnectableServer>;
    /** Headers to add to the answers to `GET /sse`. */
    headers?: Readonly<Record<string, string>>;
    /**
     * Called with each JSON value that is posted to `handleStreamable`. If it returns true, it answers the request. It
     * allows revisions without sessions on the same path.
     */
    intercept?(req: McpRequest, res: ServerResponse, value: unknown, parsed: ParsedMessage): boolean;
    /** @default defaultLimits */
    limits?: Partial<Limits>;
    observer?: Observer;
    /**
     * The credential of a request. A session answers only requests with the credential that opened it.
     * @default the token of `req.auth`
     */
    credentialOf?(req: McpRequest): string | undefined;
    /**
     * The name of the client that a new session belongs to; see `Limits.maxSessions`.
     * @default the credential, or the address of the connection if there is none
     */
    clientOf?(req: McpRequest): string;
    /**
     * The id of a new session: a UUID that cannot be guessed. A server of several processes can put into it which process
     * holds the session.
     * @default a random UUID
     */
    newSessionId?(): string;
    /** @default the machine's clock */
    clock?: Clock;
}

/** The options of one server, with the defaults filled in. */
export type ResolvedOptions = SessionsOptions &
    Required<Pick<SessionsOptions, 'observer' | 'credentialOf' | 'clientOf' | 'newSessionId' | 'clock'>> & {
        limits: Limits;
    };

export function resolveOptions(options: SessionsOptions): ResolvedOptions {
    const credentialOf = options.credentialOf ?? (req => req.auth?.token);
    return {
        ...options,
        observer: toSafeObserver(options.observer ?? {}),
        credentialOf,
        clientOf: options.clientOf ?? (req => credentialOf(req) ?? req.socket.remoteAddress ?? ''),
        newSessionId: options.newSessionId ?? randomUUID,
        clock: options.clock ?? systemClock,
        limits: { ...defaultLimits, ...options.limits }
    };
}
