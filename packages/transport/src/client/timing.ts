import type { Clock } from '../clock.ts';

/** How long a client tries, and its sources of time and of random numbers, which a test can replace. */
export interface Timing {
    /**
     * How long the client tries to reconnect after a drop, in milliseconds. Also the default limit of the first connection.
     *
     * @default 30_000
     */
    giveUpAfterMs: number;
    clock: Clock;
    /** A number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
    random(): number;
}

/** Unlike the timers of a server, these keep the process alive, because the client waits for them. */
const waitingClock: Clock = {
    now: () => performance.now(),
    schedule(callback, ms) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
    }
};

export function toTiming(options: Partial<Timing>): Timing {
    return { giveUpAfterMs: 30_000, clock: waitingClock, random: Math.random, ...options };
}

/** The limits of every wait between two attempts, in milliseconds. They also hold for a wait that the server asks for. */
const SHORTEST_WAIT_MS = 200;
export const LONGEST_WAIT_MS = 30_000;
/** Longest backoff, unless the server asks for a longer wait. */
const LONGEST_BACKOFF_MS = 10_000;

/** Limits a wait: 0 would flood the server with attempts, and a timer overflows at 2^31. */
export function boundWait(ms: number): number {
    return Math.min(Math.max(ms, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}

/**
 * The delay before another attempt, in milliseconds: `firstMs`, then twice as long each time, or the wait that the server
 * asks for if that is longer. Up to half of it is random, so that not all clients reconnect at once after the server restarts.
 *
 * @param attempt counts from 0.
 */
export function repeatAfter(attempt: number, askedMs = 0, random: () => number, firstMs = SHORTEST_WAIT_MS): number {
    const doubledMs = Math.min(firstMs * 2 ** attempt, Math.max(firstMs, LONGEST_BACKOFF_MS));
    const backoffMs = attempt === 0 ? firstMs : doubledMs * (0.5 + random() / 2);
    return boundWait(Math.max(askedMs, backoffMs));
}

/** Settles after `ms` milliseconds, or rejects with the signal's reason as soon as it aborts. */
export function sleep(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
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
