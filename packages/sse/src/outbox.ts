import type { ServerResponse } from 'node:http';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { SseClock } from './clock.ts';
import { EventStream } from './event-stream.ts';
import { flushSoon } from './flush-soon.ts';
import { KEEP_ALIVE, toEventId, toMessageEvent, toOpening } from './framing.ts';
import type { SseLimits } from './limits.ts';
import type { DropReason } from './observer.ts';
import { ReplayLog } from './replay-log.ts';

/** Whose outbox it is, and who is told of what happens to it. */
export interface OutboxOwner {
    readonly id: string;
    /** The path that the client posts to, session included. */
    readonly endpoint: string;
    readonly limits: SseLimits;
    readonly clock: SseClock;
    readonly hasEnded: boolean;
    /** The stream has gone; the owner may end. */
    onDropped(reason: DropReason): void;
    /** So much waits that some of it would have to go before it was sent; `waiting` messages in all. The owner ends. */
    onOverflow(waiting: number): void;
    /** Everything that was there has been handed to the network. */
    onSent(): void;
}

/** How much is handed to the network at once, in UTF-16 code units. */
const BATCH = 64 * 1024;

/**
 * The way of messages to the client: a log, and the stream that carries it as fast as the reader takes it. What the
 * network does not take stays in the log, which has a limit; so one slow reader costs no more than that. The log
 * outlives the stream, so that a client that reconnects goes on where it was.
 */
export class Outbox {
    readonly #owner: OutboxOwner;
    readonly #log = new ReplayLog();
    #stream: EventStream | undefined;
    /** The position of the next message that is written to the stream. */
    #next = 1;
    /** Up to which position the network has taken what was written. */
    #taken = 0;
    /** Size of the messages between these two. The stream holds them, and they are lost to it if it breaks. */
    #bytesInTransit = 0;
    /** Whether a reader is, or will be when it is back, busy with what waited for it. */
    #isCatchingUp = false;
    /** When the stream was last written to; without a stream, when it dropped. */
    #lastWrite: number;

    constructor(owner: OutboxOwner) {
        this.#owner = owner;
        this.#lastWrite = owner.clock.now();
    }

    get isOpen(): boolean {
        return this.#stream !== undefined;
    }

    /** Whether nothing waits, or nobody is there to take it. */
    get isSettled(): boolean {
        return !this.#stream || this.#next > this.#log.last;
    }

    get bytes(): number {
        return this.#log.bytes;
    }

    /** The time since the last write, or, without a stream, since it dropped; in milliseconds. */
    silence(now: number): number {
        return now - this.#lastWrite;
    }

    /** Whether the reply to that request is here still, sent or not. */
    hasAnswerTo(id: RequestId): boolean {
        return this.#log.hasAnswerTo(id);
    }

    /** The position of the newest message; 0 before the first. */
    get last(): number {
        return this.#log.last;
    }

    /** Whether a client that has seen everything up to `position` can be sent all the rest. */
    canResumeAfter(position: number): boolean {
        return position >= this.#log.first - 1;
    }

    /**
     * Adds a message, unless there is no room for it. `answers` is the request that it replies to.
     *
     * @returns the size of its frame in bytes, or 0.
     */
    push(json: string, answers: RequestId | undefined): number {
        this.#makeRoom();
        if (this.#owner.hasEnded) return 0;
        const frame = toMessageEvent(toEventId(this.#owner.id, this.#log.last + 1), json);
        const bytes = this.#log.append(frame, answers);
        flushSoon(this);
        return bytes;
    }

    /**
     * Sends to this response from now on, beginning with what follows `position`. The stream before it is closed.
     *
     * @returns how many messages were waiting.
     */
    attach(res: ServerResponse, position: number): number {
        const { limits, clock, id, endpoint } = this.#owner;
        const previous = this.#stream;
        this.#stream = undefined;
        previous?.destroy();
        const stream = new EventStream(res, this);
        this.#stream = stream;
        this.#next = position + 1;
        this.#markTaken();
        this.#lastWrite = clock.now();
        stream.write(toOpening(limits.retryMs, toEventId(id, position), endpoint));
        this.flush();
        return this.#log.last - position;
    }

    /** Hands what waits to the network, as far as the reader keeps up. */
    flush(): void {
        const stream = this.#stream;
        if (!stream) return;
        if (stream.isEmpty) this.#markTaken();
        while (stream.ready && this.#next <= this.#log.last) stream.write(this.#nextBatch());
        if (!this.isSettled) return;
        this.#isCatchingUp = false;
        this.#owner.onSent();
    }

    /** Breaks a silence. A reader that is behind has enough to read. */
    keepAlive(): void {
        if (this.#stream?.ready) this.#stream.write(KEEP_ALIVE);
        this.#lastWrite = this.#owner.clock.now();
    }

    /** Forgets what was sent so long ago that its reader must have it. */
    forgetUntil(time: number): void {
        this.#log.evictThrough(this.#taken, time);
    }

    /** Sends what the reader will take, ends the stream, and keeps nothing. */
    end(): void {
        this.flush();
        const stream = this.#stream;
        this.#stream = undefined;
        stream?.end(this.#owner.clock);
        this.#log.clear();
    }

    /** Called by a stream that has closed, whoever closed it. */
    onStreamClosed(stream: EventStream): void {
        this.#drop(stream, 'disconnected');
    }

    #nextBatch(): string {
        const now = this.#owner.clock.now();
        let batch = '';
        for (let entry = this.#log.at(this.#next); entry && batch.length < BATCH; entry = this.#log.at(this.#next)) {
            batch += entry.frame;
            entry.sentAt = now;
            this.#bytesInTransit += entry.bytes;
            this.#next++;
        }
        this.#lastWrite = now;
        // Nobody can ask for it again.
        if (this.#owner.limits.resumeWindowMs === 0) {
            this.#markTaken();
            this.forgetUntil(now);
        }
        return batch;
    }

    #markTaken(): void {
        this.#taken = this.#next - 1;
        this.#bytesInTransit = 0;
    }

    #drop(stream: EventStream, reason: DropReason): void {
        if (stream !== this.#stream) return;
        this.#stream = undefined;
        this.#isCatchingUp = true;
        this.#lastWrite = this.#owner.clock.now();
        stream.destroy();
        this.#owner.onDropped(reason);
    }

    /**
     * Before a message is added: forgets the oldest ones, down to the limit, as far as the network has taken them. If
     * that does not do, the reader is cut off: what is kept is then all that it can ask for. While it is away and until
     * it has caught up, as much again may come. What is in transit does not count: one large reply would use it all up.
     */
    #makeRoom(): void {
        const { maxBufferedBytes } = this.#owner.limits;
        while (this.#log.length > 1) {
            const limit = this.#isCatchingUp ? 2 * maxBufferedBytes : maxBufferedBytes;
            if (this.#log.bytes - this.#bytesInTransit <= limit) return;
            if (this.#stream?.isEmpty) this.#markTaken();
            if (this.#log.first <= this.#taken) this.#log.evictFirst();
            else if (this.#stream) return this.#drop(this.#stream, 'slow-reader');
            else return this.#owner.onOverflow(this.#log.length);
        }
    }
}
