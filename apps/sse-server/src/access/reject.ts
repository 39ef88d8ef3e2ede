import { RpcCode, sendRpcError } from '@calc/transport/server';
import type { Response } from 'express';

/** Why a guard rejects a request. */
export type Rejection =
    | 'bad-host'
    | 'several-hosts'
    | 'bad-origin'
    | 'unauthenticated'
    | 'wrong-token'
    | 'rate-limit'
    | 'sign-ins-unavailable';

/** Answers a rejected request, and reports the reason. */
export type Reject = (res: Response, rejection: Rejection) => void;

/** After how many seconds to try again when what keeps the sign-ins did not answer. */
const RETRY_AFTER = '1';

const answers: Record<Rejection, { status: number; message: string }> = {
    'bad-host': { status: 403, message: 'This server does not serve this host; see ALLOWED_HOSTS' },
    'several-hosts': { status: 400, message: 'A request must have one Host header' },
    'bad-origin': { status: 403, message: 'This origin may not call this server; see ALLOWED_ORIGINS' },
    unauthenticated: { status: 401, message: 'A valid bearer token is required; send Authorization: Bearer TOKEN' },
    'wrong-token': { status: 401, message: 'This token is not valid' },
    'rate-limit': { status: 429, message: 'Too many requests; slow down' },
    'sign-ins-unavailable': {
        status: 503,
        message: 'The sign-in cannot be checked: Redis is not available; try again later'
    }
};

/** Calls `tell` with the reason of each rejection, before the response is sent. */
export function createReject(tell: (rejection: Rejection, res: Response) => void): Reject {
    return (res, rejection) => {
        const { status, message } = answers[rejection];
        tell(rejection, res);
        if (status === 401) res.set('WWW-Authenticate', 'Bearer');
        if (status === 503) res.set('Retry-After', RETRY_AFTER);
        sendRpcError(res, status, RpcCode.Refused, message);
    };
}
