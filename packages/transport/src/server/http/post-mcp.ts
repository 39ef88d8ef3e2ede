import type { ServerResponse } from 'node:http';
import {
    type ParsedMessage,
    parseMessage,
    type ReceivedMessage,
    readId,
    replyTo,
    toIdInFlightMessage
} from '../../message/parse-message.ts';
import { toPost } from '../session/known-posts.ts';
import type { SessionStore } from '../session/session-store.ts';
import { StreamableSession } from '../session/streamable-session.ts';
import type { McpRequest } from '../types.ts';
import { parseIdempotencyKey } from '../wire/idempotency-key.ts';
import type { RejectReason } from '../wire/reject.ts';
import { findMcpSession, headerOf } from './find-mcp-session.ts';
import { acceptsBoth } from './media-types.ts';
import { openSession } from './open-session.ts';
import { readJson } from './read-json.ts';
import { rejectRequest } from './reject-request.ts';
import { toExtra } from './request-info.ts';

const NO_BODY = ['Content-Length', '0'];
const BATCH_REJECTED = 'Only sessions of 2025-03-26 have batches; send the messages one by one';

/** Answers `POST /mcp` (MCP 2025-11-25, Sending Messages to the Server). */
export function postMcp(req: McpRequest, res: ServerResponse, store: SessionStore): void {
    const { options, limits, observer } = store;
    if (store.isDraining) return rejectRequest(res, observer, 'draining');
    readJson(req, res, limits, observer, async (value, bytes, body) => {
        const id = readId(value);
        const rejectMessage = (reason: RejectReason, message?: string) =>
            rejectRequest(res, observer, reason, id, message);

        // The reply decides whether the answer is JSON or events.
        if (!acceptsBoth(req)) return rejectMessage('not-acceptable');
        const parsed = parseMessage(value);
        if (options.intercept?.(req, res, value, parsed)) return;
        // Draining may have begun while the body came in.
        if (store.isDraining) return rejectMessage('draining');
        const messages = toMessages(value, parsed);
        if (typeof messages === 'string') return rejectMessage('not-json-rpc', messages);
        const key = parseIdempotencyKey(req.headers['idempotency-key']);
        if (key === null) return rejectMessage('bad-idempotency-key');
        const makePost = () => toPost(body ?? JSON.stringify(value), key);

        const isBatch = Array.isArray(value);
        const [first] = messages;
        const isNew = headerOf(req, 'mcp-session-id') === undefined;
        if (isNew && !isBatch && first && Object(value).method === 'initialize') {
            if (first.kind === 'bad-params') return rejectMessage('bad-params', first.problem);
            if (!isInitialize(first)) return rejectMessage('not-json-rpc', 'initialize must be a request, with an id');
            const session = await openSession(req, res, store, identity => new StreamableSession(store, identity));
            if (!session) return;
            store.noteUnused(session);
            observer.opened?.(session);
            return session.initialize(first, toExtra(req), bytes, makePost(), res);
        }

        const session = findMcpSession(req, res, store, id);
        if (!session) return;
        if (messages.some(isInitialize)) return rejectMessage('initialized-already');
        // Other revisions have no batches (MCP 2025-03-26, Base Protocol, Batching).
        if (isBatch && session.protocolVersion !== '2025-03-26') return rejectMessage('not-json-rpc', BATCH_REJECTED);
        const extra = toExtra(req);
        const post = messages.some(message => replyTo(message) !== undefined) ? makePost() : undefined;
        if (post && !isBatch && session.understandsPriming) {
            extra.closeSSEStream = () => session.releaseStream(post);
            extra.closeStandaloneSSEStream = () => session.releaseStream(undefined);
        }
        const reception = session.post(messages, isBatch, extra, bytes, post, res);
        if (reception === 'accepted') res.writeHead(202, NO_BODY).end();
        else if (typeof reception === 'object') rejectMessage('id-in-flight', toIdInFlightMessage(reception.idTaken));
        else if (reception !== 'answering') rejectMessage(reception);
    });
}

/** The messages of a body, or what is wrong with it. @param parsed the body as one message, which a batch is not. */
function toMessages(value: unknown, parsed: ParsedMessage): ReceivedMessage[] | string {
    if (!Array.isArray(value)) return parsed.kind === 'not-a-message' ? parsed.problem : [parsed];
    const messages: ReceivedMessage[] = [];
    for (const each of value) {
        const message = parseMessage(each);
        if (message.kind === 'not-a-message') return message.problem;
        messages.push(message);
    }
    return messages.length > 0 ? messages : 'The batch is empty; send at least one message';
}

function isInitialize(parsed: ReceivedMessage): boolean {
    if (parsed.kind !== 'message') return false;
    const { message } = parsed;
    return 'method' in message && message.method === 'initialize' && 'id' in message;
}
