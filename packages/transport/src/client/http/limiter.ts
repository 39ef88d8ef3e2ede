import type { Clock } from '../../clock.ts';

/**
 * Lets `limit` tasks run at once; the others wait their turn, in order. Where none ends within `holdMs`, `limit` more may
 * start: those that run may be waiting for one that is still in the queue. Not while `isIdle` says that none can end.
 */
export function createLimiter(
    limit: number,
    holdMs: number,
    clock: Clock,
    isIdle: () => boolean
): <T>(task: () => Promise<T>) => Promise<T> {
    const waiting: (() => void)[] = [];
    let running = 0;
    let cancel: (() => void) | undefined;

    const startNext = () => {
        running++;
        waiting.shift()?.();
    };
    const arm = () => {
        cancel?.();
        cancel = waiting.length === 0 ? undefined : clock.schedule(startMore, holdMs);
    };
    const startMore = () => {
        for (let started = 0; started < limit && waiting.length > 0 && !isIdle(); started++) startNext();
        arm();
    };

    return async task => {
        if (running < limit) running++;
        else {
            await new Promise<void>(resolve => {
                waiting.push(resolve);
                if (waiting.length === 1) arm();
            });
        }
        try {
            return await task();
        } finally {
            running--;
            if (waiting.length > 0) {
                if (running < limit) startNext();
                arm();
            }
        }
    };
}
