/** Runs at most so many tasks at a time. The others wait, in their order. */
export class ConcurrencyLimit {
    readonly #most: number;
    readonly #waiting: (() => void)[] = [];
    #running = 0;

    constructor(most: number) {
        this.#most = most;
    }

    async run<T>(task: () => Promise<T>): Promise<T> {
        if (this.#running < this.#most) this.#running++;
        else await new Promise<void>(resolve => this.#waiting.push(resolve));
        try {
            return await task();
        } finally {
            const next = this.#waiting.shift();
            // The next task takes the place of this one.
            if (next) next();
            else this.#running--;
        }
    }
}
