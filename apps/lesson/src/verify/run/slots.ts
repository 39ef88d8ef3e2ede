/** Lets a number of tasks run at once, and the others wait for their turn. */
export class Slots {
    readonly #waiting: (() => void)[] = [];
    #free: number;

    constructor(count: number) {
        this.#free = count;
    }

    async run<T>(task: () => Promise<T>): Promise<T> {
        if (this.#free > 0) this.#free -= 1;
        else await new Promise<void>(resolve => this.#waiting.push(resolve));
        try {
            return await task();
        } finally {
            const next = this.#waiting.shift();
            if (next) next();
            else this.#free += 1;
        }
    }
}
