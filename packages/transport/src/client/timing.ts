import type { Clock } from '../clock.ts';

/** How patient a client is, and where it gets time and chance from; a test hands in its own. */
export interface Timing {
    /**
     * How long to go on trying after a drop, in milliseconds; a first connection has as long, unless it is told otherwise.
     *
     * @default 30_000
     */
    giveUpAfterMs: number;
    clock: Clock;
    /** A number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
    random(): number;
}

/** Timers that keep the process alive, unlike those of a server: somebody waits for what they will bring. */
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

/** The policy for every wait between two attempts of any kind, in milliseconds. A server's number is held to it too. */
const SHORTEST_WAIT_MS = 200;
export const LONGEST_WAIT_MS = 30_000;
/** A backoff without a number from the server grows no further than this. */
const LONGEST_BACKOFF_MS = 10_000;

/** A wait that a server asks for, within the policy: 0 is a storm, and a timer overflows at 2^31. */
export function boundWait(ms: number): number {
    return Math.min(Math.max(ms, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}

/**
 * The delay before an attempt, in milliseconds: `firstMs`, then twice as long each time. Up to half of it is random, so
 * that the clients of a server that restarts do not all come back at once.
 *
 * @param attempt counts from 0.
 */
export function backoff(attempt: number, firstMs: number, random: () => number): number {
    if (attempt === 0) return firstMs;
    const ms = Math.min(firstMs * 2 ** attempt, Math.max(firstMs, LONGEST_BACKOFF_MS));
    return ms * (0.5 + random() / 2);
}

/** The delay before something is repeated: the backoff, or what the server asks for if that is longer. */
export function repeatAfter(attempt: number, askedMs: number | undefined, random: () => number): number {
    return boundWait(Math.max(askedMs ?? 0, backoff(attempt, SHORTEST_WAIT_MS, random)));
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
