import { BrokerUnavailable } from '../broker/broker.ts';
import type { CloseReason } from '../server/observer.ts';
import type { SharedContext } from './shared-context.ts';

/** Time between two attempts, in milliseconds. */
const RETRY_MS = 250;

/** Ends of sessions, which are kept until the broker has them: a session that must end may not be resumed. */
export class Ends {
    readonly #context: SharedContext;
    readonly #waiting = new Map<string, CloseReason>();
    #isRunning = false;
    #isClosed = false;

    constructor(context: SharedContext) {
        this.#context = context;
    }

    add(sessionId: string, reason: CloseReason): void {
        this.#waiting.set(sessionId, reason);
        if (!this.#isRunning) void this.#run();
    }

    close(): void {
        this.#isClosed = true;
    }

    async #run(): Promise<void> {
        this.#isRunning = true;
        for (const [sessionId, reason] of this.#waiting) {
            while (!this.#isClosed && (await this.#isPutOff(sessionId, reason))) {
                await new Promise<void>(resolve => this.#context.clock.schedule(resolve, RETRY_MS));
            }
            this.#waiting.delete(sessionId);
        }
        this.#isRunning = false;
    }

    /** Ends a session. Returns whether the broker is away. */
    async #isPutOff(sessionId: string, reason: CloseReason): Promise<boolean> {
        try {
            await this.#context.broker.end(sessionId, reason);
            // Its client may have come back meanwhile.
            this.#context.noteEnded(sessionId, reason);
            return false;
        } catch (error) {
            this.#context.noteFailure(error);
            return error instanceof BrokerUnavailable;
        }
    }
}
