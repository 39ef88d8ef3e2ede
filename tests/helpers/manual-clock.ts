import type { Clock } from '@calc/transport/server';

/** A clock that stands still until it is told. */
export interface ManualClock extends Clock {
    /** Lets `ms` milliseconds pass; whatever is due on the way happens at its time. */
    advance(ms: number): void;
    /** How many callbacks are scheduled. */
    readonly pending: number;
}

export function createManualClock(): ManualClock {
    let time = 0;
    const scheduled = new Set<{ due: number; callback: () => void }>();

    return {
        now: () => time,
        schedule(callback, ms) {
            const entry = { due: time + ms, callback };
            scheduled.add(entry);
            return () => scheduled.delete(entry);
        },
        advance(ms) {
            const end = time + ms;
            for (;;) {
                const [next] = [...scheduled].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
                if (!next) break;
                scheduled.delete(next);
                time = next.due;
                next.callback();
            }
            time = end;
        },
        get pending() {
            return scheduled.size;
        }
    };
}
