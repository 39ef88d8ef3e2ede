import type { ServerResponse } from 'node:http';
import type { Observer } from '../observer.ts';
import { reject } from '../wire/reject.ts';

/**
 * Runs a part of a request's handling. If it throws or rejects, that is a defect: the observer is notified, and the
 * client gets 500, or loses the connection if an answer has begun. No caller awaits these parts, so the error would
 * otherwise end the process.
 *
 * @returns a promise that never rejects if the part returned a promise, else undefined.
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
        // Most parts return no promise.
        return handle()?.catch(fail);
    } catch (error) {
        fail(error);
    }
}
