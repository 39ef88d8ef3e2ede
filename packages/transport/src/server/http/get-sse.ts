import type { ServerResponse } from 'node:http';
import type { SessionStore } from '../session/session-store.ts';
import { SseSession } from '../session/sse-session.ts';
import type { McpRequest } from '../types.ts';
import { parseEventId } from '../wire/event-id.ts';
import { headerOf } from './find-mcp-session.ts';
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
    const session = await openSession(req, res, store, identity => new SseSession(store, identity, endpoint));
    if (!session) return;
    session.attach(res, 0);
    store.observer.opened?.(session);
}

/** Continues a session after the event that `Last-Event-ID` names. Returns false if that is not possible. */
function resume(req: McpRequest, res: ServerResponse, store: SessionStore): boolean {
    const last = parseEventId(headerOf(req, 'last-event-id') ?? '');
    if (!last || last.stream !== undefined) return false;
    return store.find(last.sessionId, req, SseSession)?.resume(res, last.position) ?? false;
}
