import type { ServerResponse } from 'node:http';
import { type RequestId, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';
import { shorten } from '../../message/shape.ts';
import type { RejectReason } from '../types.ts';
import { MAX_KEY_LENGTH } from './idempotency-key.ts';

interface Rejection {
    status: number;
    code: number;
    message: string;
    /** Value of `Retry-After`, in seconds. */
    retryAfter?: number;
}

const answers: Record<RejectReason, Rejection> = {
    'bad-session-id': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'The URL must carry one sessionId, a UUID; post to the URL that the endpoint event gave'
    },
    'no-session': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'Mcp-Session-Id must be the one that the answer to initialize gave; clients of HTTP+SSE go to /sse'
    },
    'unknown-session': { status: 404, code: RpcCode.SessionNotFound, message: 'Session not found' },
    'initialized-already': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message:
            'The session is initialized already; to open a new one, send initialize alone and without Mcp-Session-Id'
    },
    'bad-protocol-version': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: `MCP-Protocol-Version must be the version that the answer to initialize gave, one of ${SUPPORTED_PROTOCOL_VERSIONS.join(', ')}`
    },
    'bad-event-id': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'Last-Event-ID must be the id of the last event received'
    },
    'events-lost': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'The events after this Last-Event-ID are no longer kept; send the request again with another id'
    },
    'bad-idempotency-key': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: `Idempotency-Key must be a string in double quotes, such as "7", of 1 to ${MAX_KEY_LENGTH} ASCII characters`
    },
    'id-in-flight': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'The id belongs to a request that is not answered yet; give each request an id of its own'
    },
    repeated: {
        status: 409,
        code: RpcCode.InvalidRequest,
        message: 'The request was sent again; the answer comes on the newer response'
    },
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
    'bad-params': {
        status: 400,
        code: RpcCode.InvalidParams,
        message: 'The params do not fit the method'
    },
    'bad-method': { status: 405, code: RpcCode.InvalidRequest, message: 'Method not allowed' },
    'not-acceptable': {
        status: 406,
        code: RpcCode.InvalidRequest,
        message: 'Accept must include text/event-stream, and for POST also application/json'
    },
    'bad-content-type': {
        status: 415,
        code: RpcCode.InvalidRequest,
        message: 'The content type must be application/json in UTF-8, without a content encoding'
    },
    'not-json': { status: 400, code: RpcCode.ParseError, message: 'The body is not JSON' },
    'not-json-rpc': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'The body must be one JSON-RPC 2.0 message'
    },
    'too-large': { status: 413, code: RpcCode.InvalidRequest, message: 'The message is too large' },
    'too-complex': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'The JSON is nested too deeply or has too many members; send a simpler value'
    },
    'too-many-requests': {
        status: 429,
        code: RpcCode.Refused,
        message: 'Too many requests are unanswered; wait for replies',
        retryAfter: 1
    },
    'too-many-sessions': {
        status: 503,
        code: RpcCode.Refused,
        message: 'The server has reached its limit of sessions, and all are in use; try again later',
        retryAfter: 5
    },
    'too-many-exchanges': {
        status: 503,
        code: RpcCode.Refused,
        message: 'The server has reached its limit of requests; try again later',
        retryAfter: 1
    },
    'too-many-subscriptions': {
        status: 503,
        code: RpcCode.Refused,
        message: 'The server has reached its limit of subscriptions; end one of yours, or try again later',
        retryAfter: 5
    },
    draining: {
        status: 503,
        code: RpcCode.Refused,
        message: 'The server is about to stop; try again later',
        retryAfter: 5
    },
    failed: { status: 500, code: RpcCode.InternalError, message: 'Internal error' }
};

/**
 * Rejects a request with an HTTP status and a JSON-RPC error.
 *
 * @param message replaces the general message of that reason.
 */
export function reject(
    res: ServerResponse,
    refusal: RejectReason,
    id: RequestId | null = null,
    message: string = answers[refusal].message
): void {
    const { status, code, retryAfter } = answers[refusal];
    if (retryAfter !== undefined) res.setHeader('Retry-After', String(retryAfter));
    sendRpcError(res, status, code, message, id);
}

/** Writes the same answer while the body of the request is still unread. The caller ends the response. */
export function rejectUnread(res: ServerResponse, reason: RejectReason): void {
    const { status, code, message } = answers[reason];
    const body = toBody(code, message, null);
    res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length, Connection: 'close' });
    res.write(body);
}

/** Longest id in an error message, in characters. */
const LONGEST_ID = 100;

/** The message for 'id-in-flight', with the id. */
export function toIdInFlightMessage(id: RequestId): string {
    return answers['id-in-flight'].message.replace('The id', () => `The id ${shorten(JSON.stringify(id), LONGEST_ID)}`);
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
