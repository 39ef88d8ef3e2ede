import type { ServerResponse } from 'node:http';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import {
    type ParsedMessage,
    parseMessage,
    type ReceivedMessage,
    readId,
    replyTo
} from '../../../message/parse-message.ts';
import type { Limits } from '../../limits.ts';
import type { Observer } from '../../observer.ts';
import type { ResolvedOptions } from '../../options.ts';
import { type Post, toPost } from '../../session/known-posts.ts';
import type { McpRequest } from '../../types.ts';
import { parseIdempotencyKey } from '../../wire/idempotency-key.ts';
import type { RejectReason } from '../../wire/reject.ts';
import { headerOf } from '../find-mcp-session.ts';
import { acceptsBoth } from '../media-types.ts';
import { rejectRequest } from '../reject-request.ts';
import { readJson } from './read-json.ts';

const NO_BODY = ['Content-Length', '0'];
export const BATCH_REJECTED = 'Only sessions of 2025-03-26 have batches; send the messages one by one';

/** The messages of a POST to `/mcp`, checked. */
export interface McpPost {
    messages: readonly [ReceivedMessage, ...ReceivedMessage[]];
    /** The body as it was parsed from JSON. */
    value: unknown;
    isBatch: boolean;
    /** Whether it is `initialize`, which opens a session. */
    opensSession: boolean;
    /** The id for error responses. */
    id: RequestId | null;
    /** Size of the body in bytes. */
    bytes: number;
    /** Only with a request. */
    post: Post | undefined;
    /** Answers with an error under the id of the message. */
    rejectMessage(reason: RejectReason, message?: string): void;
}

/** What the reading of POSTs has to know of a server. */
export interface PostReader {
    readonly options: ResolvedOptions;
    readonly limits: Limits;
    readonly observer: Observer;
    readonly isDraining: boolean;
}

/** Reads the body of a POST to `/mcp`. If it has no messages for a session, answers the request. */
export function readMcpPost(
    req: McpRequest,
    res: ServerResponse,
    reader: PostReader,
    take: (received: McpPost) => void | Promise<void>
): void {
    const { options, limits, observer } = reader;
    if (reader.isDraining) return rejectRequest(res, observer, 'draining');
    readJson(req, res, limits, observer, (value, bytes, body) => {
        const id = readId(value);
        const rejectMessage = (reason: RejectReason, message?: string) =>
            rejectRequest(res, observer, reason, id, message);

        // The reply decides whether the answer is JSON or events.
        if (!acceptsBoth(req)) return rejectMessage('not-acceptable');
        const parsed = parseMessage(value);
        if (options.intercept?.(req, res, value, parsed)) return;
        // Draining may have begun while the body came in.
        if (reader.isDraining) return rejectMessage('draining');
        const messages = toMessages(value, parsed);
        if (typeof messages === 'string') return rejectMessage('not-json-rpc', messages);
        const key = parseIdempotencyKey(req.headers['idempotency-key']);
        if (key === null) return rejectMessage('bad-idempotency-key');

        const isBatch = Array.isArray(value);
        const [first] = messages;
        const isNew = headerOf(req, 'mcp-session-id') === undefined;
        const opensSession = isNew && !isBatch && Object(value).method === 'initialize';
        if (opensSession && first.kind === 'bad-params') return rejectMessage('bad-params', first.problem);
        if (opensSession && !isInitialize(first)) {
            return rejectMessage('not-json-rpc', 'initialize must be a request, with an id');
        }
        if (isNew && !opensSession) return rejectMessage('no-session');
        const hasRequest = messages.some(message => replyTo(message) !== undefined);
        const post = hasRequest ? toPost(body ?? JSON.stringify(value), key) : undefined;
        return take({ messages, value, isBatch, opensSession, id, bytes, post, rejectMessage });
    });
}

/** Answers that the messages were accepted and get no reply. */
export function sendAcceptedEmpty(res: ServerResponse): void {
    res.writeHead(202, NO_BODY).end();
}

export function isInitialize(parsed: ReceivedMessage): boolean {
    if (parsed.kind !== 'message') return false;
    const { message } = parsed;
    return 'method' in message && message.method === 'initialize' && 'id' in message;
}

/** The messages of a body, or what is wrong with it. @param parsed the body as one message, which a batch is not. */
function toMessages(value: unknown, parsed: ParsedMessage): McpPost['messages'] | string {
    if (!Array.isArray(value)) return parsed.kind === 'not-a-message' ? parsed.problem : [parsed];
    const messages: ReceivedMessage[] = [];
    for (const each of value) {
        const message = parseMessage(each);
        if (message.kind === 'not-a-message') return message.problem;
        messages.push(message);
    }
    const [first, ...others] = messages;
    return first ? [first, ...others] : 'The batch is empty; send at least one message';
}
