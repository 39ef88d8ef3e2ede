import type { ServerResponse } from 'node:http';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { MessageBounds } from '../../message/json-bounds.ts';
import { parseMessage, readId, replyTo } from '../../message/parse-message.ts';
import type { Observer } from '../observer.ts';
import { toPost } from '../session/post-memory.ts';
import type { SseSession } from '../session/sse-session.ts';
import type { McpRequest, RejectReason } from '../types.ts';
import { parseIdempotencyKey } from '../wire/idempotency-key.ts';
import { reject, toIdInFlightMessage } from '../wire/reject.ts';
import { isSessionId, parseSessionId } from '../wire/session-id.ts';
import { accept, readJson, toExtra } from './read-json.ts';

export interface MessageContext {
    find(sessionId: string, req: McpRequest): SseSession | undefined;
    isDraining(): boolean;
    limits: MessageBounds;
    observer: Observer;
}

/** Answers one `POST /messages?sessionId=…`; each check comes before whatever costs more than it. */
export function handleMessage(req: McpRequest, res: ServerResponse, context: MessageContext): void {
    const { observer, limits } = context;
    const turnAway = (refusal: RejectReason, id: RequestId | null = null, message?: string) => {
        observer.rejected?.(refusal, res);
        reject(res, refusal, id, message);
    };

    if (context.isDraining()) return turnAway('draining');
    const sessionId = parseSessionId(req.url ?? '');
    if (sessionId === undefined) return turnAway('bad-session-id');
    const session = context.find(sessionId, req);
    if (!session) return turnAway(isSessionId(sessionId) ? 'unknown-session' : 'bad-session-id');
    readJson(req, res, limits, observer, (value, bytes, body) => {
        // Draining may have begun while the body came in.
        if (context.isDraining()) return turnAway('draining', readId(value));
        const parsed = parseMessage(value);
        if (parsed.kind === 'not-a-message') return turnAway('not-json-rpc', readId(value), parsed.problem);
        const key = parseIdempotencyKey(req.headers['idempotency-key']);
        if (key === null) return turnAway('bad-idempotency-key', readId(value));
        const id = replyTo(parsed);
        const post = id === undefined ? undefined : toPost(body ?? JSON.stringify(value), key);
        const reception = session.receive(parsed, toExtra(req), bytes, post);
        if (reception === 'accepted') return accept(res);
        if (typeof reception === 'string') return turnAway(reception, readId(value));
        turnAway('id-in-flight', readId(value), toIdInFlightMessage(reception.idTaken));
    });
}
