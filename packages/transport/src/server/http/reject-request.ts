import type { ServerResponse } from 'node:http';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Observer } from '../observer.ts';
import { type RejectReason, reject } from '../wire/reject.ts';

/** Notifies the observer, and answers the request with an error. For the arguments see `reject`. */
export function rejectRequest(
    res: ServerResponse,
    observer: Observer,
    reason: RejectReason,
    id?: RequestId | null,
    message?: string
): undefined {
    observer.rejected?.(reason, res);
    reject(res, reason, id, message);
}
