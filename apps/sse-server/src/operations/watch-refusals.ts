import { type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Express, Response } from 'express';

type WriteHead = (
    this: ServerResponse,
    status: number,
    reason?: string,
    headers?: OutgoingHttpHeaders
) => ServerResponse;

/**
 * Calls `tell` with each response whose status is 400 or above, before its headers are sent, whichever part of the app or
 * library sends it. `app.response` is Express's prototype of all responses.
 */
export function watchRefusals(app: Express, tell: (res: Response, status: number) => void): void {
    const writeHead: WriteHead = ServerResponse.prototype.writeHead;
    Object.assign(app.response, {
        // Named arguments, because a rest parameter would cost an allocation for each response.
        writeHead(this: Response, status: number, reason?: string, headers?: OutgoingHttpHeaders) {
            if (status >= 400) tell(this, status);
            return writeHead.call(this, status, reason, headers);
        }
    });
}
