import type { Clock } from '../../clock.ts';
import type { ResponseStream } from '../../server/delivery/response-stream.ts';
import { KEEP_ALIVE } from '../../server/wire/framing.ts';

/** Writes a comment after each silence of `ms` milliseconds, so that proxies do not close a stream. */
export class Heartbeat {
    readonly #clock: Clock;
    readonly #ms: number;
    readonly #stream: ResponseStream;
    #lastWrite: number;
    #cancel = () => {};

    constructor(clock: Clock, ms: number, stream: ResponseStream) {
        this.#clock = clock;
        this.#ms = ms;
        this.#stream = stream;
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
            // A client that is behind has enough to read.
            if (this.#stream.ready) this.#stream.writeComment(KEEP_ALIVE);
            this.touch();
            this.#schedule(this.#ms);
        }, ms);
    }
}
