import { type Clock, LONGEST_TIMER_MS } from '../clock.ts';
import { afterInput } from './after-input.ts';

/** If a timer fires later than this, the process was stopped or blocked, in milliseconds. */
const LATE_MS = 100;
/**
 * Time to read the input that arrived while the process was blocked, in milliseconds: node accepts one connection in each
 * turn of its event loop.
 */
const GRACE_MS = 1000;

/** When a timer was last found to be late. */
let lateAt = Number.NEGATIVE_INFINITY;

/** The machine's clock. Its timers do not keep the process alive, and fire only after input that has arrived was read. */
export const systemClock: Clock = {
    now: () => performance.now(),
    schedule(callback, ms) {
        const due = performance.now() + ms;
        let timer: NodeJS.Timeout | undefined = setTimeout(
            () => {
                // Created here and not earlier: one more closure for each waiting session would add up.
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
