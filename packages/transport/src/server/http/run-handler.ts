import type { ServerResponse } from 'node:http';
import type { Observer } from '../observer.ts';
import { reject } from '../wire/reject.ts';

/**
 * Runs a part of a request's handling. An error in it is a defect: it is reported, and the client gets 500, or loses the
 * connection if an answer has begun. Nothing waits for such a part, so the error would end the process otherwise.
 *
 * @returns a promise, which never rejects, if the part returned one.
 */
export function runHandler(
    handle: () => void | Promise<void>,
    res: ServerResponse,
    observer: Observer
): void | Promise<void> {
    const fail = (error: unknown) => {
        // First, since the observer could be what has failed.
        if (res.headersSent) res.destroy();
        else reject(res, 'failed');
        observer.defect?.(error instanceof Error ? error : new Error(String(error)));
    };
    try {
        // Most parts are done at once, and return no promise.
        return handle()?.catch(fail);
    } catch (error) {
        fail(error);
    }
}
