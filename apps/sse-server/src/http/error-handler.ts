import { RpcCode, sendRpcError } from '@calc/transport/server';
import type { ErrorRequestHandler } from 'express';
import type { Reject } from '../access/reject.ts';
import { SignInsUnavailable } from '../access/sign-ins.ts';
import type { Log } from '../operations/log.ts';

/** Handles errors that Express caught. The answer is JSON, without a stack trace and without text of the request. */
export function createErrorHandler(log: Log, reject: Reject): ErrorRequestHandler {
    return (error, _req, res, next) => {
        if (res.headersSent) return next(error);
        if (error instanceof SignInsUnavailable) return reject(res, 'sign-ins-unavailable');
        const status = Number(error?.status);
        if (status >= 400 && status < 500) return sendRpcError(res, status, RpcCode.InvalidRequest, 'Bad request');
        log.error({ err: error }, 'a request failed');
        sendRpcError(res, 500, RpcCode.InternalError, 'Internal error');
    };
}
