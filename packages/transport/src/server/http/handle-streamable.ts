import type { ServerResponse } from 'node:http';
import type { SessionStore } from '../session/session-store.ts';
import type { McpRequest } from '../types.ts';
import { parseEventId } from '../wire/event-id.ts';
import { findMcpSession, headerOf } from './find-mcp-session.ts';
import { acceptsEvents } from './media-types.ts';
import { postMcp } from './post-mcp.ts';
import { rejectRequest } from './reject-request.ts';

/** Answers one request of Streamable HTTP (MCP 2025-11-25, Transports). */
export function handleStreamable(req: McpRequest, res: ServerResponse, store: SessionStore): void {
    switch (req.method) {
        case 'POST':
            return postMcp(req, res, store);
        case 'GET':
            return getMcp(req, res, store);
        case 'DELETE':
            return deleteMcp(req, res, store);
        default:
            res.setHeader('Allow', 'GET, POST, DELETE');
            rejectRequest(res, store.observer, 'bad-method');
    }
}

/** Opens the stream for messages that belong to no request, or resumes the stream that `Last-Event-ID` names. */
function getMcp(req: McpRequest, res: ServerResponse, store: SessionStore): void {
    const { observer } = store;
    if (!acceptsEvents(req)) return rejectRequest(res, observer, 'not-acceptable');
    const session = findMcpSession(req, res, store);
    if (!session || res.destroyed) return;
    const header = headerOf(req, 'last-event-id');
    if (header === undefined) return session.openStandalone(res);
    const last = parseEventId(header);
    if (last?.stream === undefined) return rejectRequest(res, observer, 'bad-event-id');
    // The event belongs to an earlier session of this client, which has ended.
    if (last.sessionId !== session.id) return session.openStandalone(res);
    const resumption = session.resume(res, last);
    // 204 stops an EventSource from reconnecting (HTML, Server-sent events, Processing model).
    if (resumption === 'complete') res.writeHead(204).end();
    else if (resumption === 'lost') {
        rejectRequest(res, observer, session.hasEnded ? 'unknown-session' : 'events-lost');
    }
}

/** Ends a session (MCP 2025-11-25, Session Management). */
function deleteMcp(req: McpRequest, res: ServerResponse, store: SessionStore): void {
    const session = findMcpSession(req, res, store);
    if (!session) return;
    session.end('deleted');
    res.writeHead(204).end();
}
