import type { ServerResponse } from 'node:http';
import { toIdInFlightMessage } from '../../message/parse-message.ts';
import type { SessionStore } from '../session/session-store.ts';
import { SseSession } from '../session/sse-session.ts';
import type { McpRequest } from '../types.ts';
import { isSessionId, parseSessionId } from '../wire/session-id.ts';
import { readMessagePost, sendAccepted } from './body/read-message-post.ts';
import { rejectRequest } from './reject-request.ts';
import { toExtra } from './request-info.ts';

/** Answers `POST /messages?sessionId=…` (MCP 2024-11-05, Transports). Cheap checks come before costly ones. */
export function postMessage(req: McpRequest, res: ServerResponse, store: SessionStore): void {
    const { observer } = store;
    if (store.isDraining) return rejectRequest(res, observer, 'draining');
    const sessionId = parseSessionId(req.url ?? '');
    if (sessionId === undefined) return rejectRequest(res, observer, 'bad-session-id');
    const session = store.find(sessionId, req, SseSession);
    if (!session) {
        return rejectRequest(res, observer, isSessionId(sessionId) ? 'unknown-session' : 'bad-session-id');
    }
    readMessagePost(req, res, store, ({ parsed, bytes, post, rejectMessage }) => {
        const reception = session.receive(parsed, toExtra(req), bytes, post);
        if (reception === 'accepted') sendAccepted(res);
        else if (typeof reception === 'string') rejectMessage(reception);
        else rejectMessage('id-in-flight', toIdInFlightMessage(reception.idTaken));
    });
}
