import { RpcCode, sendRpcError } from '@calc/sse';
import type { RequestHandler } from 'express';

/** Answers 405 (RFC 9110, section 15.5.6): for `all` on a path whose methods have their routes already. */
export function allowOnly(methods: string): RequestHandler {
    return (_req, res) => {
        res.set('Allow', methods);
        sendRpcError(res, 405, RpcCode.InvalidRequest, `Method not allowed; this route takes ${methods}`);
    };
}
