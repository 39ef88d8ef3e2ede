/** Where time comes from. A test hands in its own clock, so that an hour passes at once. */
export interface Clock {
    /** Milliseconds since some moment. It never goes back. */
    now(): number;
    /**
     * Calls `callback` once, `ms` milliseconds from now. The returned function cancels that.
     */
    schedule(callback: () => void, ms: number): () => void;
}

/** Longest time that node's timers take, in milliseconds: they fire a longer one at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
