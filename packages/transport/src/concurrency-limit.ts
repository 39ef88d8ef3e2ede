/** Runs at most so many tasks at a time. The others wait, in their order, but those that are urgent come first. */
export class ConcurrencyLimit {
    readonly #most: number;
    readonly #urgent: (() => void)[] = [];
    readonly #waiting: (() => void)[] = [];
    #running = 0;

    constructor(most: number) {
        this.#most = most;
    }

    async run<T>(task: () => Promise<T>, isUrgent = false): Promise<T> {
        const queue = isUrgent ? this.#urgent : this.#waiting;
        if (this.#running < this.#most) this.#running++;
        else await new Promise<void>(resolve => queue.push(resolve));
        try {
            return await task();
        } finally {
            const next = this.#urgent.shift() ?? this.#waiting.shift();
            // The next task takes the place of this one.
            if (next) next();
            else this.#running--;
        }
    }
}
