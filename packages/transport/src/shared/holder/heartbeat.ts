import type { Clock } from '../../clock.ts';

/** Calls `beat` after each silence of `ms` milliseconds, so that proxies do not close a stream. */
export class Heartbeat {
    readonly #clock: Clock;
    readonly #ms: number;
    readonly #beat: () => void;
    #lastWrite: number;
    #cancel = () => {};

    constructor(clock: Clock, ms: number, beat: () => void) {
        this.#clock = clock;
        this.#ms = ms;
        this.#beat = beat;
        this.#lastWrite = clock.now();
        this.#schedule(ms);
    }

    /** Notes that something was written. */
    touch(): void {
        this.#lastWrite = this.#clock.now();
    }

    stop(): void {
        this.#cancel();
    }

    #schedule(ms: number): void {
        this.#cancel = this.#clock.schedule(() => {
            const left = this.#ms - (this.#clock.now() - this.#lastWrite);
            if (left > 0) return this.#schedule(left);
            this.#beat();
            this.touch();
            this.#schedule(this.#ms);
        }, ms);
    }
}
