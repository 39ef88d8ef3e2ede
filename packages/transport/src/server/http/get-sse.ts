import type { ServerResponse } from 'node:http';
import type { SessionStore } from '../session/session-store.ts';
import { SseSession } from '../session/sse-session.ts';
import type { McpRequest } from '../types.ts';
import { parseEventId } from '../wire/event-id.ts';
import { openSession } from './open-session.ts';

/** Answers `GET /sse`: opens a session, or resumes the one that `Last-Event-ID` names. Answers `HEAD` with the headers. */
export async function getSse(req: McpRequest, res: ServerResponse, store: SessionStore): Promise<void> {
    if (req.method === 'HEAD') {
        res.writeHead(200, store.sseHeaders).end();
        return;
    }
    // The client may have disconnected while middleware ran.
    if (res.destroyed || resume(req, res, store)) return;
    const { endpoint } = store.options;
    const session = await openSession(
        req,
        res,
        store,
        identity => new SseSession(store, identity, `${endpoint}?sessionId=${identity.id}`)
    );
    if (!session) return;
    session.attach(res, 0);
    store.observer.opened?.(session);
}

/** Continues a session after the event that `Last-Event-ID` names. Returns false if that is not possible. */
function resume(req: McpRequest, res: ServerResponse, store: SessionStore): boolean {
    const last = parseEventId(req.headers['last-event-id']?.toString() ?? '');
    if (!last || last.stream !== undefined) return false;
    const session = store.find(last.sessionId, req, SseSession);
    if (!session?.hasReached(last.position)) return false;
    if (!session.canResumeAfter(last.position)) {
        // Events are lost. A new session shows that to the client, and no other client uses the old one.
        session.end('replay-lost');
        return false;
    }
    const replayed = session.attach(res, last.position);
    store.observer.resumed?.(session, replayed);
    return true;
}
