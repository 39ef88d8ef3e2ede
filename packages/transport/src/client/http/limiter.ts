import type { Clock } from '../../clock.ts';

/**
 * Runs at most `limit` tasks at once; the others wait in order. If no task ends within `holdMs`, `limit` more may start,
 * because the running tasks may depend on a queued one. While `isIdle` returns true no task can end, so none is added.
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
                if (waiting.push(resolve) === 1) arm();
            });
        }
        try {
            return await task();
        } finally {
            running--;
            if (running < limit && waiting.length > 0) startNext();
            arm();
        }
    };
}
