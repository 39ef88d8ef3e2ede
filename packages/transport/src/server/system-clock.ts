import { type Clock, LONGEST_TIMER_MS } from '../clock.ts';
import { afterInput } from './after-input.ts';

/** A timer that is later than this shows that the process was stopped or blocked, in milliseconds. */
const LATE_MS = 100;
/** The time to read, after that, what has arrived meanwhile: node accepts one connection in a turn of its event loop. */
const GRACE_MS = 1000;

/** When a timer was last found to be late. */
let lateAt = Number.NEGATIVE_INFINITY;

/**
 * The machine's own clock. Its timers do not keep the process alive, and fire only when what had arrived by then has been
 * read.
 */
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
