import type { ServerResponse } from 'node:http';
import type { Observer } from '../observer.ts';
import { reject } from '../wire/reject.ts';

/**
 * Runs a step of handling a request. If it throws or rejects, that is a defect: the client gets 500, or the connection is
 * closed if the answer has begun, and the observer is notified. No caller awaits these steps, so the error would otherwise
 * end the process.
 *
 * @returns a promise that never rejects if the step returned a promise, else undefined.
 */
export function runHandler(
    handle: () => void | Promise<void>,
    res: ServerResponse,
    observer: Observer
): void | Promise<void> {
    const fail = (error: unknown) => {
        if (res.headersSent) res.destroy();
        else reject(res, 'failed');
        observer.defect?.(error instanceof Error ? error : new Error(String(error)));
    };
    try {
        // Most steps return no promise.
        return handle()?.catch(fail);
    } catch (error) {
        fail(error);
    }
}
