import type { SseClock } from '../clock.ts';

/** How patient a client is, and where it gets time and chance from; a test hands in its own. */
export interface Timing {
    /**
     * How long to go on trying after a drop, in milliseconds; a first connection has as long, unless it is told otherwise.
     *
     * @default 30_000
     */
    giveUpAfterMs: number;
    clock: SseClock;
    /** A number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
    random(): number;
}

/** Timers that keep the process alive, unlike those of a server: somebody waits for what they will bring. */
const waitingClock: SseClock = {
    now: () => performance.now(),
    schedule(callback, ms) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
    }
};

export function toTiming(options: Partial<Timing>): Timing {
    return { giveUpAfterMs: 30_000, clock: waitingClock, random: Math.random, ...options };
}

const LONGEST_DELAY_MS = 10_000;

/**
 * The delay before an attempt, in milliseconds: `firstMs`, and from then on twice as long each time. Up to half of it is
 * left to chance, so that the clients of a server that restarts do not all come back at once.
 *
 * @param attempt counts from 0.
 */
export function backoff(attempt: number, firstMs: number, random: () => number): number {
    if (attempt === 0) return firstMs;
    const ms = Math.min(firstMs * 2 ** attempt, Math.max(firstMs, LONGEST_DELAY_MS));
    return ms * (0.5 + random() / 2);
}

/** Settles after `ms` milliseconds, or rejects with the signal's reason as soon as it aborts. */
export function sleep(ms: number, clock: SseClock, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const abort = () => {
            cancel();
            reject(signal.reason);
        };
        const cancel = clock.schedule(() => {
            signal.removeEventListener('abort', abort);
            resolve();
        }, ms);
        signal.addEventListener('abort', abort, { once: true });
    });
}
