import { type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Express, Response } from 'express';

type WriteHead = (
    this: ServerResponse,
    status: number,
    reason?: string,
    headers?: OutgoingHttpHeaders
) => ServerResponse;

/**
 * Calls `tell` with each response whose status is 400 or above, before its headers are sent: whatever part of the app,
 * and whichever library, gives that answer. `app.response` is Express's place for what all responses have.
 */
export function watchRefusals(app: Express, tell: (res: Response, status: number) => void): void {
    const writeHead: WriteHead = ServerResponse.prototype.writeHead;
    Object.assign(app.response, {
        // Two arguments, as `writeHead` takes after the status: a list of them would cost each answer something.
        writeHead(this: Response, status: number, reason?: string, headers?: OutgoingHttpHeaders) {
            if (status >= 400) tell(this, status);
            return writeHead.call(this, status, reason, headers);
        }
    });
}
