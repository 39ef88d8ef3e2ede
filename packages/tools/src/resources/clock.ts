/** The address of the resource that changes each second. */
export const CLOCK_URI = 'clock://now';

/** A clock that ticks for those who listen. */
export interface Clock {
    /** Calls `listener` after each tick until the returned function is called. */
    subscribe(listener: () => void): () => void;
}

/**
 * One timer for all subscribers of the process; it runs only while there are any.
 *
 * @param tickMs the time between two ticks, in milliseconds.
 */
export function createClock(tickMs = 1000): Clock {
    const subscriptions = new Set<{ listener: () => void }>();
    let timer: NodeJS.Timeout | undefined;

    const tick = () => {
        for (const { listener } of subscriptions) listener();
    };

    return {
        subscribe(listener) {
            const subscription = { listener };
            subscriptions.add(subscription);
            timer ??= setInterval(tick, tickMs);
            return () => {
                subscriptions.delete(subscription);
                if (subscriptions.size === 0) {
                    clearInterval(timer);
                    timer = undefined;
                }
            };
        }
    };
}

/** Whether one session listens to the clock. */
export interface ClockSubscription {
    /** Begins to listen. Idempotent. */
    start(): void;
    /** Ceases to listen. Idempotent. */
    stop(): void;
}

/** A subscription that has not started; `listener` is called after each tick while it is on. */
export function createSubscription(clock: Clock, listener: () => void): ClockSubscription {
    let unsubscribe: (() => void) | undefined;
    return {
        start() {
            unsubscribe ??= clock.subscribe(listener);
        },
        stop() {
            unsubscribe?.();
            unsubscribe = undefined;
        }
    };
}
