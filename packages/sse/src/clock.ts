/** Where the sessions get the time from; handed in, so that a test can let an hour pass in no time. */
export interface SseClock {
    /** Milliseconds since some moment, never going back. */
    now(): number;
    /** Calls back once, `ms` milliseconds from now, unless the returned function is called before. */
    schedule(callback: () => void, ms: number): () => void;
}

/** The machine's own clock. Its timers keep no process alive. */
export const systemClock: SseClock = {
    now: () => performance.now(),
    schedule(callback, ms) {
        const timer = setTimeout(callback, ms).unref();
        return () => clearTimeout(timer);
    }
};
