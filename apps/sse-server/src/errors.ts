import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { ErrorRequestHandler, Response } from 'express';

/** JSON-RPC 2.0 error codes (section 5.1), and the two that MCP servers use for their HTTP side. */
export const RpcCode = {
    ParseError: -32700,
    InvalidRequest: -32600,
    InternalError: -32603,
    Refused: -32000,
    SessionNotFound: -32001
} as const;

/** Answers with an HTTP status and a JSON-RPC error; `id` is the request's own where it could be read. */
export function sendError(res: Response, status: number, code: number, message: string, id: RequestId | null = null) {
    res.status(status).json({ jsonrpc: '2.0', error: { code, message }, id });
}

/** What `body-parser` and Express's router say of a request they cannot take, in our words. */
const REFUSALS: Record<string, [status: number, code: number, message: string]> = {
    'entity.too.large': [413, RpcCode.InvalidRequest, 'The body is larger than 4 MiB'],
    'encoding.unsupported': [415, RpcCode.InvalidRequest, 'The content encoding is not supported'],
    'charset.unsupported': [415, RpcCode.InvalidRequest, 'The charset is not supported; send UTF-8']
};

/** Express's last resort: every error leaves as JSON, without a stack trace and without the request's own words. */
export const handleError: ErrorRequestHandler = (error, _req, res, next) => {
    if (res.headersSent) return next(error);
    const refusal = REFUSALS[error?.type];
    if (refusal) return sendError(res, ...refusal);
    const status = Number(error?.status);
    if (status >= 400 && status < 500) return sendError(res, status, RpcCode.InvalidRequest, 'Bad request');
    console.error(error);
    sendError(res, 500, RpcCode.InternalError, 'Internal error');
};
