import type { ConnectionState } from '../session/connection-state.ts';

/** Reports each drop of the connection once, and how the connection returned. */
export class DropReporter {
    #isDown = false;
    readonly #onState: ((state: ConnectionState) => void) | undefined;

    constructor(onState: ((state: ConnectionState) => void) | undefined) {
        this.#onState = onState;
    }

    get isDown(): boolean {
        return this.#isDown;
    }

    dropped(reason: Error, retryInMs?: number): void {
        if (this.#isDown) return;
        this.#isDown = true;
        this.#onState?.({ name: 'dropped', reason, ...(retryInMs !== undefined && { retryInMs }) });
    }

    resumed(): void {
        if (!this.#isDown) return;
        this.#isDown = false;
        this.#onState?.({ name: 'resumed' });
    }

    /** Reported also without a drop: a server may forget a session while its connection works. */
    renewed(): void {
        this.#isDown = false;
        this.#onState?.({ name: 'renewed' });
    }
}
