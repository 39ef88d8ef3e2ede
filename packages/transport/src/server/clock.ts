import { afterInput } from './after-input.ts';

/** Where the sessions get the time from; handed in, so that a test can let an hour pass in no time. */
export interface Clock {
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
/** A timer that is later than this shows that the process was stopped or blocked, in milliseconds. */
const LATE_MS = 100;
/** The time to read, after that, what has arrived meanwhile: node accepts one connection in a turn of its event loop. */
const GRACE_MS = 1000;

/** When a timer was last found to be late. */
let lateAt = Number.NEGATIVE_INFINITY;

/** The machine's own clock. Its timers keep no process alive. */
export const systemClock: Clock = {
    now: () => performance.now(),
    schedule(callback, ms) {
        const due = performance.now() + ms;
        let timer: NodeJS.Timeout | undefined = setTimeout(
            () => {
                // Made only now: a closure for each session that waits would add up.
                const judge = () => afterInput(() => timer && callback());
                const now = performance.now();
                if (now - due > LATE_MS) lateAt = now;
                if (now - lateAt < GRACE_MS) setTimeout(judge, GRACE_MS).unref();
                else judge();
            },
            Math.min(ms, LONGEST_TIMER_MS)
        ).unref();
        return () => {
            clearTimeout(timer);
            timer = undefined;
        };
    }
};
