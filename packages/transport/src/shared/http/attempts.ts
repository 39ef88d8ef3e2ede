import type { Broker } from '../../broker/broker.ts';
import type { Clock } from '../../clock.ts';

/** Least time between two attempts of one stream, in milliseconds. */
const RETRY_MS = 250;
/** How often to look whether streams may try, in milliseconds, and how many may try then. */
const TURN_MS = 50;
const AT_ONCE = 50;

/**
 * Decides when the streams of a process that wait for the broker may try again: not while it is away, and when it is back,
 * not all at once.
 */
export class Attempts {
    readonly #broker: Pick<Broker, 'isAvailable'>;
    readonly #clock: Clock;
    /** In the order in which they may try. */
    readonly #waiting = new Set<{ from: number; go(): void }>();
    #isScheduled = false;

    constructor(broker: Pick<Broker, 'isAvailable'>, clock: Clock) {
        this.#broker = broker;
        this.#clock = clock;
    }

    /** Resolves when a stream may try again, or has closed. */
    next(closed: Promise<void>): Promise<void> {
        return new Promise(resolve => {
            const waiting = { from: this.#clock.now() + RETRY_MS, go: resolve };
            this.#waiting.add(waiting);
            void closed.then(() => {
                this.#waiting.delete(waiting);
                resolve();
            });
            if (!this.#isScheduled) this.#schedule();
        });
    }

    /** Ends all waits. */
    end(): void {
        for (const { go } of this.#waiting) go();
        this.#waiting.clear();
    }

    #schedule(): void {
        this.#isScheduled = this.#waiting.size > 0;
        if (this.#isScheduled) this.#clock.schedule(() => this.#takeTurn(), TURN_MS);
    }

    #takeTurn(): void {
        let left = this.#broker.isAvailable ? AT_ONCE : 0;
        for (const waiting of this.#waiting) {
            if (left-- <= 0 || waiting.from > this.#clock.now()) break;
            this.#waiting.delete(waiting);
            waiting.go();
        }
        this.#schedule();
    }
}
