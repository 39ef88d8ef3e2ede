import { toEventId } from '../wire/event-id.ts';
import { toMessageEvent } from '../wire/framing.ts';
import type { MemoryLimit } from './memory-limit.ts';

interface Entry {
    readonly json: string;
    /** Memory that the message takes, in bytes. */
    readonly bytes: number;
    /** When it was last sent, or added if it was never sent; in milliseconds of the clock. */
    sentAt: number;
}

/** Memory that a message takes besides its JSON, in bytes. */
export const ENTRY_BYTES = 128;

/** How much is written at once, in UTF-16 code units. */
export const BATCH = 64 * 1024;

/**
 * The messages for one stream, in order: those that are not sent yet, and sent ones that a client may ask for again.
 * The positions of messages count from 1 and are never used twice.
 */
export class ReplayLog {
    /** The part of every event id that names this log. */
    readonly name: string;
    readonly #memoryLimit: MemoryLimit;
    readonly #entries: Entry[] = [];
    #last = 0;
    #written = 0;
    #taken = 0;
    #bytes = 0;
    /** Size of the messages that are written and not taken. The stream holds them, and loses them if it breaks. */
    #bytesInTransit = 0;

    constructor(memoryLimit: MemoryLimit, name: string) {
        this.#memoryLimit = memoryLimit;
        this.name = name;
    }

    /** The position of the newest message; 0 before the first. */
    get last(): number {
        return this.#last;
    }

    /** The position of the oldest message that is kept; `last + 1` if there is none. */
    get first(): number {
        return this.#last - this.#entries.length + 1;
    }

    /** The position of the message that was written to the stream last. */
    get written(): number {
        return this.#written;
    }

    get length(): number {
        return this.#entries.length;
    }

    get bytes(): number {
        return this.#bytes;
    }

    /** The position after which every message is kept that the network has not taken. */
    get resumePosition(): number {
        return Math.max(this.#taken, this.first - 1);
    }

    /** Whether all messages after `position` are kept. */
    hasAllAfter(position: number): boolean {
        return position >= this.first - 1;
    }

    /** The JSON of the message at a position; undefined if it is not kept. */
    at(position: number): string | undefined {
        return this.#entries[position - this.first]?.json;
    }

    /** Adds a message. Returns the memory that it takes, in bytes. */
    append(json: string, now: number): number {
        const bytes = Buffer.byteLength(json) + ENTRY_BYTES;
        this.#entries.push({ json, bytes, sentAt: now });
        this.#count(bytes, 1);
        this.#last++;
        return bytes;
    }

    /** The events of the messages that are written next, about `BATCH` of them. */
    writeBatch(now: number): string {
        let batch = '';
        let bytes = this.#bytesInTransit;
        while (this.#written < this.#last && batch.length < BATCH) {
            const entry = this.#entries[this.#written + 1 - this.first];
            if (!entry) break;
            this.#written++;
            batch += toMessageEvent(toEventId(this.name, this.#written), entry.json);
            bytes += entry.bytes;
            entry.sentAt = now;
        }
        this.#setInTransit(bytes);
        return batch;
    }

    /** Counts the messages up to `position`, and no others, as written and taken. */
    continueAfter(position: number): void {
        this.#written = position;
        this.markTaken();
    }

    /** Notes that the network has taken all that was written. */
    markTaken(): void {
        this.#taken = this.#written;
        this.#setInTransit(0);
    }

    /**
     * Drops the oldest message, if the network has taken it or no client is awaited. Returns false if none was dropped.
     * The last message of a session is kept.
     */
    dropOldest(isAwaited: boolean): boolean {
        const isNeeded = isAwaited && this.first > this.#taken;
        if (this.length === 0 || isNeeded || this.#memoryLimit.messages <= 1) return false;
        this.#dropFirst();
        return true;
    }

    /** Drops the messages that were sent at `time` or before; if no client is awaited, unsent ones as well. */
    dropUntil(time: number, isAwaited: boolean): void {
        const position = isAwaited ? this.#taken : this.#last;
        while (this.first <= position && (this.#entries[0]?.sentAt ?? 0) <= time) this.#dropFirst();
    }

    /** Drops all messages. */
    clear(): void {
        this.#count(-this.#bytes, -this.length);
        this.#entries.length = 0;
        this.markTaken();
    }

    #dropFirst(): void {
        const entry = this.#entries.shift();
        if (entry) this.#count(-entry.bytes, -1);
    }

    #count(bytes: number, messages: number): void {
        this.#bytes += bytes;
        this.#memoryLimit.bytes += bytes;
        this.#memoryLimit.messages += messages;
    }

    #setInTransit(bytes: number): void {
        this.#memoryLimit.setInTransit(bytes, this.#bytesInTransit);
        this.#bytesInTransit = bytes;
    }
}
