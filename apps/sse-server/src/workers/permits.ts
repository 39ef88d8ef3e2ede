import type { RateLimit } from '../config/variable-kinds.ts';
import type { Permits } from './messages.ts';

/** A worker gets at most this share of what it could get if all workers took the same. */
const SHARE = 1 / 4;

/**
 * Counts the requests of each client in all workers. To ask at each request would double the cost of a call, so a worker
 * gets permits for several. There are never more permits than the limit; they become fewer as the client comes near it, so
 * that few are left at workers that do not use them.
 */
export function createPermitCounter({ requests, windowMs }: RateLimit, workers: number) {
    const windows = new Map<string, { left: number; resetAt: number }>();
    setInterval(() => {
        for (const [client, { resetAt }] of windows) if (resetAt <= Date.now()) windows.delete(client);
    }, windowMs).unref();

    return (client: string): Permits => {
        const now = Date.now();
        let window = windows.get(client);
        if (!window || window.resetAt <= now) {
            window = { left: requests, resetAt: now + windowMs };
            windows.set(client, window);
        }
        const granted = Math.ceil((window.left * SHARE) / workers);
        window.left -= granted;
        return { granted, ...window };
    };
}
