import type { Budget } from './memory-limit.ts';

/** A message in the log. */
export interface Entry {
    readonly json: string;
    /** Memory that the message takes, in bytes. */
    readonly bytes: number;
    /** When it was last sent, and before that when it was added; in milliseconds of the clock. */
    sentAt: number;
}

/** Memory that a message takes besides its JSON, in bytes. */
export const ENTRY_BYTES = 128;

/**
 * The messages of one way to a client, in order, by position: those not sent yet, and the last of those that were, for
 * a client that comes back. Positions count from 1 and are never used twice.
 */
export class ReplayLog {
    readonly #budget: Budget;
    readonly #entries: Entry[] = [];
    #last = 0;
    #bytes = 0;

    constructor(budget: Budget) {
        this.#budget = budget;
    }

    /** The position of the newest message; 0 before the first. */
    get last(): number {
        return this.#last;
    }

    /** The position of the oldest message that is still here; `last + 1` if there is none. */
    get first(): number {
        return this.#last - this.#entries.length + 1;
    }

    get length(): number {
        return this.#entries.length;
    }

    get bytes(): number {
        return this.#bytes;
    }

    /** Adds the message of position `last + 1`; returns the memory that it takes, in bytes. */
    append(json: string, now: number): number {
        const bytes = Buffer.byteLength(json) + ENTRY_BYTES;
        this.#entries.push({ json, bytes, sentAt: now });
        this.#charge(bytes, 1);
        this.#last++;
        return bytes;
    }

    /** The message at a position; undefined if it is not here. */
    at(position: number): Entry | undefined {
        return this.#entries[position - this.first];
    }

    /** Forgets the oldest message. */
    evictFirst(): void {
        const entry = this.#entries.shift();
        if (!entry) return;
        this.#charge(-entry.bytes, -1);
    }

    /** Forgets the oldest messages, up to that position and as far as they were sent no later than `time`. */
    evictThrough(position: number, time: number): void {
        while (this.first <= position && (this.#entries[0]?.sentAt ?? 0) <= time) this.evictFirst();
    }

    clear(): void {
        this.#charge(-this.#bytes, -this.#entries.length);
        this.#entries.length = 0;
    }

    #charge(bytes: number, messages: number): void {
        this.#bytes += bytes;
        this.#budget.bytes += bytes;
        this.#budget.messages += messages;
    }
}
