import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import type { Broker, InboxEntry } from '../../broker/broker.ts';
import { TAKE_BYTES } from '../../broker/limits.ts';
import type { ReceivedMessage } from '../../message/parse-message.ts';
import { fromEnvelope } from './envelope.ts';

/** A message of the inbox that this process runs. */
export interface Received {
    /** Its number in the inbox. */
    entry: number;
    /** The stream of its answer. */
    stream: number;
    parsed: ReceivedMessage;
    extra: MessageExtraInfo;
    /** Size of the message in bytes. */
    bytes: number;
    /** How many other owners may have begun to run it. */
    attempts: number;
}

/** The session of an inbox. */
export interface InboxOwner {
    readonly id: string;
    readonly fence: number;
    run(received: Received): void;
    /** A message cannot be read. It would be no better the next time. */
    onUnreadable(entry: number, error: unknown): void;
    onFenced(): void;
    onError(error: unknown): void;
}

/** The inbox of a session, for its owner: gives each message to the session once, in order. */
export class Inbox {
    readonly #owner: InboxOwner;
    readonly #broker: Broker;
    /** The number of the last entry that this process has. */
    #last = 0;
    #isOpen = false;
    #isTaking = false;
    #isToTakeAgain = false;

    constructor(owner: InboxOwner, broker: Broker) {
        this.#owner = owner;
        this.#broker = broker;
    }

    /** Gives the session messages from now on, beginning with those that wait. */
    open(): void {
        this.#isOpen = true;
        void this.take();
    }

    /** Leaves new messages for the next owner. */
    close(): void {
        this.#isOpen = false;
    }

    /** Gives the session messages that the broker says it has taken. If some before them are missing, takes all. */
    takeNext(firstEntry: number, messages: readonly Omit<Received, 'entry' | 'attempts'>[]): void {
        if (!this.#isOpen || this.#isTaking || firstEntry !== this.#last + 1) return void this.take();
        messages.forEach((message, index) => {
            this.#last = firstEntry + index;
            this.#owner.run({ ...message, entry: this.#last, attempts: 0 });
        });
    }

    /** Gives the session what waits. If the broker is not available, it wakes this process later. */
    async take(): Promise<void> {
        this.#isToTakeAgain = true;
        if (!this.#isOpen || this.#isTaking) return;
        this.#isTaking = true;
        try {
            while (this.#isToTakeAgain && this.#isOpen) {
                this.#isToTakeAgain = false;
                const { id, fence } = this.#owner;
                const entries = await this.#broker.takeInbox(id, fence, this.#last);
                if (entries === 'fenced') return this.#owner.onFenced();
                for (const entry of entries) if (entry.entry > this.#last) this.#run(entry);
                const bytes = entries.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
                this.#isToTakeAgain ||= bytes >= TAKE_BYTES;
            }
        } catch (error) {
            this.#owner.onError(error);
        } finally {
            this.#isTaking = false;
        }
    }

    #run({ entry, stream, attempts, json }: InboxEntry): void {
        this.#last = entry;
        let envelope: ReturnType<typeof fromEnvelope>;
        try {
            envelope = fromEnvelope(json);
        } catch (error) {
            return this.#owner.onUnreadable(entry, error);
        }
        this.#owner.run({ entry, stream, attempts, bytes: json.length, ...envelope });
    }
}
