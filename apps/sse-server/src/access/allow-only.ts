import { RpcCode, sendRpcError } from '@calc/transport/server';
import type { RequestHandler } from 'express';

/** Answers 405 (RFC 9110, section 15.5.6): for `all` on a path whose methods have their routes already. `hint` names the right route. */
export function allowOnly(methods: string, hint?: string): RequestHandler {
    const message = `Method not allowed; this route takes ${methods}${hint ? `; ${hint}` : ''}`;
    return (_req, res) => {
        res.set('Allow', methods);
        sendRpcError(res, 405, RpcCode.InvalidRequest, message);
    };
}
