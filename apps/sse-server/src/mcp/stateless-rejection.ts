import type { ServerResponse } from 'node:http';
import { RpcCode, shorten } from '@calc/transport/message';
import { type readId, sendRpcError } from '@calc/transport/server';

/** Limits of all stateless requests, and the answers to a request beyond them. `retryAfter` is in seconds. */
const limits = {
    'too-many-exchanges': { retryAfter: '1', message: 'The server has reached its limit of requests; try again later' },
    'too-many-subscriptions': {
        retryAfter: '5',
        message: 'The server has reached its limit of subscriptions; end one of yours, or try again later'
    }
};

/** Why a stateless request was rejected: by the SDK, or at a limit. */
export type StatelessRejectReason = 'bad-headers' | 'unsupported-revision' | 'bad-envelope' | keyof typeof limits;

/** Rejects a request that is over a limit. */
export function rejectOverLimit(res: ServerResponse, reason: keyof typeof limits, id: ReturnType<typeof readId>): void {
    const { retryAfter, message } = limits[reason];
    res.setHeader('Retry-After', retryAfter);
    sendRpcError(res, 503, RpcCode.Refused, message, id);
}

/** Reasons by the SDK's error code. All other codes concern the envelope. */
const refusals = new Map<unknown, StatelessRejectReason>([
    [-32020, 'bad-headers'],
    [-32022, 'unsupported-revision']
]);

/** Longest message of an error, in characters; the SDK repeats values of the request in full. */
const MAX_MESSAGE_LENGTH = 400;
/** Longest `data` of an error as JSON, in characters; longer data is left out. */
const MAX_DATA_LENGTH = 400;

/** Reads why the SDK rejected a request, and limits the size of the error in its response. */
export async function readRejection(
    response: Response
): Promise<{ reason: StatelessRejectReason; response: Response }> {
    const { error, ...rest } = Object(await response.json());
    const { code, message, data } = Object(error);
    const bounded = { code, message: shorten(String(message), MAX_MESSAGE_LENGTH), data };
    if (data === undefined || JSON.stringify(data).length > MAX_DATA_LENGTH) delete bounded.data;
    const { status } = response;
    return {
        reason: refusals.get(code) ?? 'bad-envelope',
        response: Response.json({ ...rest, error: bounded }, { status })
    };
}
