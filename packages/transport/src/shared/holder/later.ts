import type { Clock } from '../../clock.ts';

/** Runs something after a while, once for any number of starts. */
export class Later {
    readonly #clock: Clock;
    readonly #ms: number;
    readonly #run: () => void;
    #cancel: (() => void) | undefined;

    constructor(clock: Clock, ms: number, run: () => void) {
        this.#clock = clock;
        this.#ms = ms;
        this.#run = run;
    }

    start(): void {
        this.#cancel ??= this.#clock.schedule(() => {
            this.#cancel = undefined;
            this.#run();
        }, this.#ms);
    }

    cancel(): void {
        this.#cancel?.();
        this.#cancel = undefined;
    }
}
