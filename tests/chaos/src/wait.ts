import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

/** Settles with undefined after `limitMs`. Rejects as the promise does. */
export async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>(resolve => {
        timer = setTimeout(() => resolve(undefined), limitMs);
    });
    return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** As `within`, and undefined if the promise rejects. */
export const received = <T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> =>
    within(promise, limitMs).catch(() => undefined);

/** Waits until a condition holds. Returns false if it does not within `limitMs`. */
export async function until(isTrue: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
    const giveUpAt = performance.now() + limitMs;
    while (!(await isTrue())) {
        if (performance.now() > giveUpAt) return false;
        await sleep(POLL_MS);
    }
    return true;
}
