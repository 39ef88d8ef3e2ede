import type { ServerResponse } from 'node:http';
import { type RequestId, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';
import { MAX_KEY_LENGTH } from './idempotency-key.ts';

interface Rejection {
    /** @default 400 */
    status?: number;
    /** @default RpcCode.InvalidRequest */
    code?: number;
    message: string;
    /** Value of `Retry-After`, in seconds. */
    retryAfter?: number;
}

const rejections = {
    'bad-session-id': {
        message: 'The URL must carry one sessionId, a UUID; post to the URL that the endpoint event gave'
    },
    'no-session': {
        message: 'Mcp-Session-Id must be the one that the answer to initialize gave; clients of HTTP+SSE go to /sse'
    },
    'unknown-session': { status: 404, code: RpcCode.SessionNotFound, message: 'Session not found' },
    'initialized-already': {
        message:
            'The session is initialized already; to open a new one, send initialize alone and without Mcp-Session-Id'
    },
    'bad-protocol-version': {
        message: `MCP-Protocol-Version must be the version that the answer to initialize gave, one of ${SUPPORTED_PROTOCOL_VERSIONS.join(', ')}`
    },
    'bad-event-id': { message: 'Last-Event-ID must be the id of the last event received' },
    'events-lost': {
        message: 'The events after this Last-Event-ID are no longer kept; send the request again with another id'
    },
    'bad-idempotency-key': {
        message: `Idempotency-Key must be a string in double quotes, such as "7", of 1 to ${MAX_KEY_LENGTH} ASCII characters`
    },
    'id-in-flight': { message: 'Each request in flight must have an id of its own' },
    repeated: { status: 409, message: 'The request was sent again; the answer comes on the newer response' },
    'answer-lost': {
        status: 409,
        code: RpcCode.AnswerLost,
        message: 'The request was run and its answer is lost; it is not run again'
    },
    'outcome-unknown': {
        status: 409,
        code: RpcCode.OutcomeUnknown,
        message: 'It is not known whether the request was run; to run it anyway, send it without Idempotency-Key'
    },
    'bad-params': { code: RpcCode.InvalidParams, message: 'The params do not fit the method' },
    'bad-method': { status: 405, message: 'Method not allowed' },
    'not-acceptable': {
        status: 406,
        message: 'Accept must include text/event-stream, and for POST also application/json'
    },
    'bad-content-type': {
        status: 415,
        message: 'The content type must be application/json in UTF-8, without a content encoding'
    },
    'not-json': { code: RpcCode.ParseError, message: 'The body is not JSON' },
    'not-json-rpc': { message: 'The body must be one JSON-RPC 2.0 message' },
    'too-large': { status: 413, message: 'The message is too large' },
    'too-complex': { message: 'The JSON is nested too deeply or has too many members; send a simpler value' },
    'too-many-requests': {
        status: 429,
        code: RpcCode.Refused,
        retryAfter: 1,
        message: 'Too many requests are unanswered; wait for replies'
    },
    'too-many-sessions': {
        status: 503,
        code: RpcCode.Refused,
        retryAfter: 5,
        message: 'The server has reached its limit of sessions, and all are in use; try again later'
    },
    unavailable: {
        status: 503,
        code: RpcCode.Refused,
        retryAfter: 1,
        message: 'Redis is not available; try again later'
    },
    draining: {
        status: 503,
        code: RpcCode.Refused,
        retryAfter: 5,
        message: 'The server is about to stop; try again later'
    },
    failed: { status: 500, code: RpcCode.InternalError, message: 'Internal error' }
} satisfies Record<string, Rejection>;

/** Why a request was rejected. */
export type RejectReason = keyof typeof rejections;

/**
 * Rejects a request with an HTTP status and a JSON-RPC error.
 *
 * @param message replaces the general message of that reason.
 */
export function reject(
    res: ServerResponse,
    reason: RejectReason,
    id: RequestId | null = null,
    message: string = rejections[reason].message
): void {
    const { status = 400, code = RpcCode.InvalidRequest, retryAfter }: Rejection = rejections[reason];
    if (retryAfter !== undefined) res.setHeader('Retry-After', String(retryAfter));
    sendRpcError(res, status, code, message, id);
}

/** A JSON-RPC error as JSON, for a response that has begun. */
export function toErrorReply(reason: RejectReason, id: RequestId): string {
    const { code = RpcCode.InvalidRequest, message }: Rejection = rejections[reason];
    return toBody(code, message, id).toString();
}

/** Rejects a body that is too large while it is still unread. The caller ends the response. */
export function rejectTooLarge(res: ServerResponse, maxBytes: number): void {
    const { status, message } = rejections['too-large'];
    const body = toBody(RpcCode.InvalidRequest, `${message}; the limit is ${maxBytes} bytes`, null);
    res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length, Connection: 'close' });
    res.write(body);
}

/**
 * Answers with an HTTP status and a JSON-RPC 2.0 error response (section 5.1).
 *
 * @param id the id of the request, or null if it could not be read.
 */
export function sendRpcError(
    res: ServerResponse,
    status: number,
    code: number,
    message: string,
    id: RequestId | null = null
): void {
    const body = toBody(code, message, id);
    res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    res.end(body);
}

function toBody(code: number, message: string, id: RequestId | null): Buffer {
    return Buffer.from(JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id }));
}
