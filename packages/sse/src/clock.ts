import { afterInput } from './after-input.ts';

/** Where the sessions get the time from; handed in, so that a test can let an hour pass in no time. */
export interface SseClock {
    /** Milliseconds since some moment, never going back. */
    now(): number;
    /**
     * Calls back once, `ms` milliseconds from now, unless the returned function is called before. What has arrived by
     * then has been read.
     */
    schedule(callback: () => void, ms: number): () => void;
}

/** A longer time than this makes node's timers fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. Its timers keep no process alive. */
export const systemClock: SseClock = {
    now: () => performance.now(),
    schedule(callback, ms) {
        let wanted: typeof callback | undefined = callback;
        const expire = () => afterInput(() => wanted?.());
        const timer = setTimeout(expire, Math.min(ms, LONGEST_TIMER_MS)).unref();
        return () => {
            wanted = undefined;
            clearTimeout(timer);
        };
    }
};
