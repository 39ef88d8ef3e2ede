import { BrokerUnavailable } from '../broker/broker.ts';
import type { SharedContext } from './shared-context.ts';

/** Time between two attempts, in milliseconds. */
const RETRY_MS = 250;

type Command = () => Promise<void>;

/** Commands that are kept until the broker has them. Without them, a session that has to end would live on. */
export class PendingCommands {
    readonly #context: SharedContext;
    readonly #waiting: Command[] = [];
    #isClosed = false;

    constructor(context: SharedContext) {
        this.#context = context;
    }

    /** Runs a command, again and again while the broker is away, and not before those that already wait for it. */
    async run(command: Command): Promise<void> {
        if (this.#waiting.length === 0 && !(await this.#isPutOff(command))) return;
        this.#waiting.push(command);
        if (this.#waiting.length === 1) void this.#retry();
    }

    close(): void {
        this.#isClosed = true;
    }

    async #retry(): Promise<void> {
        for (let command = this.#waiting[0]; command && !this.#isClosed; command = this.#waiting[0]) {
            if (!(await this.#isPutOff(command))) this.#waiting.shift();
            else await new Promise<void>(resolve => this.#context.clock.schedule(resolve, RETRY_MS));
        }
    }

    /** Returns whether the broker is away. */
    async #isPutOff(command: Command): Promise<boolean> {
        try {
            await command();
            return false;
        } catch (error) {
            this.#context.noteFailure(error);
            return error instanceof BrokerUnavailable;
        }
    }
}
