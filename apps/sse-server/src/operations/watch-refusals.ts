import { ServerResponse } from 'node:http';
import type { Express, Response } from 'express';

/**
 * Calls `tell` with each response whose status is 400 or above, before its headers are sent: whatever part of the app,
 * and whichever library, gives that answer. `app.response` is Express's place for what all responses have.
 */
export function watchRefusals(app: Express, tell: (res: Response, status: number) => void): void {
    const { writeHead } = ServerResponse.prototype;
    Object.assign(app.response, {
        writeHead(this: Response, status: number, ...rest: unknown[]) {
            if (status >= 400) tell(this, status);
            return Reflect.apply(writeHead, this, [status, ...rest]);
        }
    });
}
