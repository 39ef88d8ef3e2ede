import type { ServerResponse } from 'node:http';
import { parseMessage, type ReceivedMessage, readId, replyTo } from '../../../message/parse-message.ts';
import type { Limits } from '../../limits.ts';
import type { Observer } from '../../observer.ts';
import { type Post, toPost } from '../../session/known-posts.ts';
import type { McpRequest } from '../../types.ts';
import { parseIdempotencyKey } from '../../wire/idempotency-key.ts';
import type { RejectReason } from '../../wire/reject.ts';
import { rejectRequest } from '../reject-request.ts';
import { readJson } from './read-json.ts';

const ACCEPTED = 'Accepted';
const ACCEPTED_HEADERS = ['Content-Type', 'text/plain', 'Content-Length', String(ACCEPTED.length)];

/** The message of a POST to `/messages`, checked. */
export interface MessagePost {
    parsed: ReceivedMessage;
    /** The message as it was parsed from JSON. */
    value: unknown;
    /** Size of the body in bytes. */
    bytes: number;
    /** Only with a request. */
    post: Post | undefined;
    /** Answers with an error under the id of the message. */
    rejectMessage(reason: RejectReason, message?: string): void;
}

/** Reads the body of a POST to `/messages`. If it is not a message, answers the request with an error. */
export function readMessagePost(
    req: McpRequest,
    res: ServerResponse,
    reader: { readonly limits: Limits; readonly observer: Observer; readonly isDraining: boolean },
    take: (received: MessagePost) => void | Promise<void>
): void {
    const { limits, observer } = reader;
    readJson(req, res, limits, observer, (value, bytes, body) => {
        const rejectMessage = (reason: RejectReason, message?: string) =>
            rejectRequest(res, observer, reason, readId(value), message);

        // Draining may have begun while the body came in.
        if (reader.isDraining) return rejectMessage('draining');
        const parsed = parseMessage(value);
        if (parsed.kind === 'not-a-message') return rejectMessage('not-json-rpc', parsed.problem);
        const key = parseIdempotencyKey(req.headers['idempotency-key']);
        if (key === null) return rejectMessage('bad-idempotency-key');
        const isRequest = replyTo(parsed) !== undefined;
        const post = isRequest ? toPost(body ?? JSON.stringify(value), key) : undefined;
        return take({ parsed, value, bytes, post, rejectMessage });
    });
}

/** Answers that a message was accepted. */
export function sendAccepted(res: ServerResponse): void {
    res.writeHead(202, ACCEPTED_HEADERS).end(ACCEPTED);
}
