import type { ServerResponse } from 'node:http';
import { parseMessage, readId, replyTo, toIdInFlightMessage } from '../../message/parse-message.ts';
import { toPost } from '../session/known-posts.ts';
import type { SessionStore } from '../session/session-store.ts';
import { SseSession } from '../session/sse-session.ts';
import type { McpRequest } from '../types.ts';
import { parseIdempotencyKey } from '../wire/idempotency-key.ts';
import type { RejectReason } from '../wire/reject.ts';
import { isSessionId, parseSessionId } from '../wire/session-id.ts';
import { readJson } from './read-json.ts';
import { rejectRequest } from './reject-request.ts';
import { toExtra } from './request-info.ts';

const ACCEPTED = 'Accepted';
const ACCEPTED_HEADERS = ['Content-Type', 'text/plain', 'Content-Length', String(ACCEPTED.length)];

/** Answers `POST /messages?sessionId=…` (MCP 2024-11-05, Transports). Cheap checks come before costly ones. */
export function postMessage(req: McpRequest, res: ServerResponse, store: SessionStore): void {
    const { observer, limits } = store;
    if (store.isDraining) return rejectRequest(res, observer, 'draining');
    const sessionId = parseSessionId(req.url ?? '');
    if (sessionId === undefined) return rejectRequest(res, observer, 'bad-session-id');
    const session = store.find(sessionId, req, SseSession);
    if (!session) {
        return rejectRequest(res, observer, isSessionId(sessionId) ? 'unknown-session' : 'bad-session-id');
    }
    readJson(req, res, limits, observer, (value, bytes, body) => {
        const rejectMessage = (reason: RejectReason, message?: string) =>
            rejectRequest(res, observer, reason, readId(value), message);

        // Draining may have begun while the body came in.
        if (store.isDraining) return rejectMessage('draining');
        const parsed = parseMessage(value);
        if (parsed.kind === 'not-a-message') return rejectMessage('not-json-rpc', parsed.problem);
        const key = parseIdempotencyKey(req.headers['idempotency-key']);
        if (key === null) return rejectMessage('bad-idempotency-key');
        const isRequest = replyTo(parsed) !== undefined;
        const post = isRequest ? toPost(body ?? JSON.stringify(value), key) : undefined;
        const reception = session.receive(parsed, toExtra(req), bytes, post);
        if (reception === 'accepted') res.writeHead(202, ACCEPTED_HEADERS).end(ACCEPTED);
        else if (typeof reception === 'string') rejectMessage(reception);
        else rejectMessage('id-in-flight', toIdInFlightMessage(reception.idTaken));
    });
}
