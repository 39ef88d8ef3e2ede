import type { ServerResponse } from 'node:http';
import type { Session } from '../session/session.ts';
import type { SessionIdentity } from '../session/session-context.ts';
import type { SessionStore } from '../session/session-store.ts';
import { skipSecondCheck } from '../session/skip-second-check.ts';
import type { McpRequest } from '../types.ts';
import { rejectRequest } from './reject-request.ts';

const OWN_SHARE =
    'The server has reached its limit of sessions, and your token or address has many of them; ' +
    'end one of yours, or try again later';

/** Makes a session and connects it to a new MCP server. If that fails, answers the request and returns undefined. */
export async function openSession<Kind extends Session>(
    req: McpRequest,
    res: ServerResponse,
    store: SessionStore,
    create: (identity: SessionIdentity) => Kind
): Promise<Kind | undefined> {
    // The client may have disconnected while middleware ran.
    if (res.destroyed) return undefined;
    const session = store.add(req, create);
    if (!session) return rejectSession(req, res, store);
    try {
        const server = await store.options.createServer(session);
        await server.connect(session);
        skipSecondCheck(server, session);
    } catch (error) {
        store.observer.failed?.(error instanceof Error ? error : new Error(String(error)), session);
        session.end('failed');
        return rejectRequest(res, store.observer, 'failed');
    }
    // Meanwhile the store may have closed the session, or the client may have disconnected.
    if (session.hasEnded) return rejectSession(req, res, store);
    if (!res.destroyed) return session;
    session.end('not-resumed');
    return undefined;
}

function rejectSession(req: McpRequest, res: ServerResponse, store: SessionStore): undefined {
    if (store.isDraining) return rejectRequest(res, store.observer, 'draining');
    return rejectRequest(res, store.observer, 'too-many-sessions', null, store.holdsMany(req) ? OWN_SHARE : undefined);
}
