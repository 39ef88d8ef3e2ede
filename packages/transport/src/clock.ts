/** The source of time. Tests use their own clock, so that an hour passes at once. */
export interface Clock {
    /** Milliseconds since a fixed moment; never decreases. */
    now(): number;
    /** Calls `callback` once, after `ms` milliseconds. Returns a function that cancels the call. */
    schedule(callback: () => void, ms: number): () => void;
}

/** Longest time that node's timers support, in milliseconds; a longer timer fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
