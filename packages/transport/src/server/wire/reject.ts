import type { ServerResponse } from 'node:http';
import { type RequestId, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';
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
        message: 'A session is initialized once, by one message; leave out Mcp-Session-Id for a new one'
    },
    'bad-protocol-version': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: `MCP-Protocol-Version must be the version agreed on, one of ${SUPPORTED_PROTOCOL_VERSIONS.join(', ')}`
    },
    'bad-event-id': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'Last-Event-ID must be the id of the last event received'
    },
    'events-lost': {
        status: 400,
        code: RpcCode.InvalidRequest,
        message: 'What came after this Last-Event-ID is not kept any more; send the request again under another id'
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
        message: 'The request has come again meanwhile, and is answered there'
    },
    'answer-lost': {
        status: 409,
        code: RpcCode.AnswerLost,
        message: 'The request was run and its answer is lost; it is not run again'
    },
    'outcome-unknown': {
        status: 409,
        code: RpcCode.OutcomeUnknown,
        message: 'It is not known whether the request was run; to run it all the same, send it without Idempotency-Key'
    },
    'bad-params': {
        status: 400,
        code: RpcCode.InvalidParams,
        message: 'params are not what the method requires'
    },
    'bad-method': { status: 405, code: RpcCode.InvalidRequest, message: 'Method not allowed' },
    'not-acceptable': {
        status: 406,
        code: RpcCode.InvalidRequest,
        message: 'Accept must take text/event-stream, and for POST application/json as well'
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
        message: 'The JSON is nested too deep or has too many members; send a simpler value'
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
        message: 'The server has as many sessions as it takes, all of them in use; try again later',
        retryAfter: 5
    },
    'too-many-exchanges': {
        status: 503,
        code: RpcCode.Refused,
        message: 'The server has as many requests as it takes; try again later',
        retryAfter: 1
    },
    'too-many-subscriptions': {
        status: 503,
        code: RpcCode.Refused,
        message: 'The server has as many subscriptions as it takes; end one of yours, or try again later',
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
 * @param message a more precise sentence than the one for all requests of that reason.
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

/** Writes the same answer to a request whose body is not read to its end. The caller ends the response. */
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
    return answers['id-in-flight'].message.replace('The id', () => `The id ${JSON.stringify(id).slice(0, LONGEST_ID)}`);
}

/**
 * Answers with an HTTP status and a JSON-RPC 2.0 error object (section 5.1) as the body.
 * `id` is that of the request, or null if it could not be read.
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
