/** The URI of the resource that changes each second. */
export const CLOCK_URI = 'clock://now';

/** A clock that notifies its subscribers. */
export interface Clock {
    /** Calls `listener` after each tick until the returned function is called. */
    subscribe(listener: () => void): () => void;
}

/**
 * Creates a clock with one timer for all subscribers, which runs only while there are any.
 *
 * @param tickMs time between two ticks, in milliseconds.
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

/** The subscription of one session to the clock. */
export interface ClockSubscription {
    /** Subscribes. Idempotent. */
    start(): void;
    /** Unsubscribes. Idempotent. */
    stop(): void;
}

/** Creates a subscription, not started yet. Calls `listener` after each tick between `start` and `stop`. */
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
