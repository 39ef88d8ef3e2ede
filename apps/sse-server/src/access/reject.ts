import { RpcCode, sendRpcError } from '@calc/transport/server';
import type { Response } from 'express';

/** Why a request did not get past the guards. */
export type Rejection = 'bad-host' | 'several-hosts' | 'bad-origin' | 'unauthenticated' | 'wrong-token' | 'rate-limit';

/** Answers a request that does not get past the guards, and tells the operator. */
export type Reject = (res: Response, rejection: Rejection) => void;

const answers: Record<Rejection, { status: number; message: string }> = {
    'bad-host': { status: 403, message: 'This host is not served here; see ALLOWED_HOSTS' },
    'several-hosts': { status: 400, message: 'A request must have one Host header' },
    'bad-origin': { status: 403, message: 'This origin may not call this server; see ALLOWED_ORIGINS' },
    unauthenticated: { status: 401, message: 'A valid token is wanted; send Authorization: Bearer TOKEN' },
    'wrong-token': { status: 401, message: 'This token is not valid' },
    'rate-limit': { status: 429, message: 'Too many requests; slow down' }
};

/** `tell` is called with the reason of each rejection, before it is answered. */
export function createReject(tell: (rejection: Rejection, res: Response) => void): Reject {
    return (res, rejection) => {
        const { status, message } = answers[rejection];
        tell(rejection, res);
        if (status === 401) res.set('WWW-Authenticate', 'Bearer');
        sendRpcError(res, status, RpcCode.Refused, message);
    };
}
