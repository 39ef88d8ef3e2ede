import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../limits.ts';
import type { DropReason } from '../observer.ts';
import { toEventId } from '../wire/event-id.ts';
import { KEEP_ALIVE, type StreamHeaders, toMessageEvent, toRetry } from '../wire/framing.ts';
import { flushSoon } from './flush-soon.ts';
import type { Budget, Spender } from './memory-limit.ts';
import { ReplayLog } from './replay-log.ts';
import { ResponseStream } from './response-stream.ts';

/** Whose queue it is, and who is told of what happens to it. */
export interface SendQueueOwner {
    /** The name of this way to the client, with which its event ids begin. */
    readonly name: string;
    readonly limits: Limits;
    readonly clock: Clock;
    readonly budget: Budget;
    readonly hasEnded: boolean;
    /** Whether a client listens or may come back; if not, what was not sent may be forgotten as well. */
    readonly isAwaited: boolean;
    readonly headers: StreamHeaders;
    /** The event before the first message, for a client that has seen everything up to `position`; undefined for none. */
    toOpening(position: number): string | undefined;
    /** Whether the stream ends with its connection; if not, the connection serves more requests after it. */
    readonly endsWithConnection: boolean;
    /** The stream has gone; the owner may end. */
    onDropped(reason: DropReason): void;
    /** So much waits that some of it would have to go before it was sent; `waiting` messages in all. The owner ends. */
    onOverflow(waiting: number): void;
    /** Everything that was there has been handed to the network. */
    onSent(): void;
    /** Forgets the whole queue, of which no message is left, if nobody can ask for more of it. */
    forgetEmpty(): boolean;
    /** Gives up the whole queue, whose client is away; if the session can do without it. */
    giveUp(): boolean;
}

/** How much is handed to the network at once, in UTF-16 code units. */
export const BATCH = 64 * 1024;

/**
 * A way of messages to the client: a log, and the stream that carries it as fast as the reader takes it. What the
 * network does not take stays in the log, which has a limit; so one slow reader costs no more than that. The log
 * outlives the stream, so that a client that reconnects goes on where it was.
 */
export class SendQueue implements Spender {
    readonly #owner: SendQueueOwner;
    readonly #log: ReplayLog;
    #stream: ResponseStream | undefined;
    /** The position of the next message that is written to the stream. */
    #next = 1;
    /** Up to which position the network has taken what was written. */
    #taken = 0;
    /** Size of the messages between these two. The stream holds them, and they are lost to it if it breaks. */
    #bytesInTransit = 0;
    /** Whether a reader is, or will be when it is back, busy with what waited for it. */
    #isCatchingUp = false;
    /** Whether the last message is there, so that the stream ends when all is sent. */
    #isComplete = false;
    /** When the stream was last written to; without a stream, when it dropped. */
    #lastWrite: number;

    constructor(owner: SendQueueOwner) {
        this.#owner = owner;
        this.#log = new ReplayLog(owner.budget);
        this.#lastWrite = owner.clock.now();
        owner.budget.join(this);
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

    /** How many messages are here, sent or not. */
    get length(): number {
        return this.#log.length;
    }

    /** The time since the last write, or, without a stream, since it dropped; in milliseconds. */
    silence(now: number): number {
        return now - this.#lastWrite;
    }

    /** The position of the newest message; 0 before the first. */
    get last(): number {
        return this.#log.last;
    }

    /** The position after which everything is here that the network has not taken. */
    toResumePosition(): number {
        if (this.#stream?.isEmpty) this.#markTaken();
        return Math.max(this.#taken, this.#log.first - 1);
    }

    /** Whether a client that has seen everything up to `position` can be sent all the rest. */
    canResumeAfter(position: number): boolean {
        return position >= this.#log.first - 1;
    }

    /** The JSON of the message at a position, if it is here. */
    jsonAt(position: number): string | undefined {
        return this.#log.at(position)?.json;
    }

    /**
     * Adds a message, unless there is no room for it.
     *
     * @returns what it takes in the log, in bytes, or 0.
     */
    push(json: string): number {
        const { budget, clock } = this.#owner;
        if (!budget.makeRoom()) this.#owner.onOverflow(budget.messages);
        if (this.#owner.hasEnded) return 0;
        const bytes = this.#log.append(json, clock.now());
        flushSoon(this);
        return bytes;
    }

    /** No message follows: the stream ends when all that is here is sent. */
    complete(): void {
        this.#isComplete = true;
        flushSoon(this);
    }

    /**
     * Sends to this response from now on, beginning with what follows `position`. The stream before it is closed.
     *
     * @returns how many messages were waiting.
     */
    attach(res: ServerResponse, position: number): number {
        const owner = this.#owner;
        const previous = this.#stream;
        this.#stream = undefined;
        previous?.destroy();
        const stream = new ResponseStream(res, this, owner.headers, owner.endsWithConnection);
        this.#stream = stream;
        this.#next = position + 1;
        this.#markTaken();
        this.#lastWrite = owner.clock.now();
        const opening = owner.toOpening(position);
        if (opening === undefined) stream.beginWith(toRetry(owner.limits.retryMs), this.isSettled);
        else stream.write(opening);
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
        this.#setCatchingUp(false);
        if (this.#isComplete && stream.ready) {
            this.#stream = undefined;
            this.#markTaken();
            stream.end(this.#owner.clock);
        }
        this.#owner.onSent();
    }

    /** Breaks a silence. A reader that is behind has enough to read. */
    keepAlive(): void {
        if (this.#stream?.ready) this.#stream.writeComment(KEEP_ALIVE);
        this.#lastWrite = this.#owner.clock.now();
    }

    /** Forgets what was sent so long ago that its reader must have it. */
    forgetUntil(time: number): void {
        this.#log.evictThrough(this.#owner.isAwaited ? this.#taken : this.#log.last, time);
    }

    /** Takes everything for sent, since it has reached the client by another way. */
    skipAll(): void {
        this.#next = this.#log.last + 1;
        this.#markTaken();
    }

    /** Ends the stream as it is; the client may come back for the rest. */
    release(): void {
        const stream = this.#stream;
        if (!stream) return;
        this.#stream = undefined;
        this.#lastWrite = this.#owner.clock.now();
        stream.end(this.#owner.clock);
    }

    /** Sends what the reader will take, ends the stream, and keeps nothing. */
    end(): void {
        this.flush();
        const stream = this.#stream;
        this.#stream = undefined;
        stream?.end(this.#owner.clock);
        this.#markTaken();
        this.#setCatchingUp(false);
        this.#log.clear();
        this.#owner.budget.leave(this);
    }

    forgetOne(): boolean {
        if (this.#log.length === 0) return this.#owner.forgetEmpty();
        if (this.#owner.budget.messages <= 1) return false;
        if (this.#stream?.isEmpty) this.#markTaken();
        if (this.#log.first > this.#taken && this.#owner.isAwaited) return false;
        this.#log.evictFirst();
        if (this.#log.length === 0) this.#owner.forgetEmpty();
        return true;
    }

    cutOff(): boolean {
        if (!this.#stream || (this.isSettled && this.#stream.isEmpty)) return false;
        this.#drop(this.#stream, 'slow-reader');
        return true;
    }

    giveUp(): boolean {
        return !this.#stream && this.#isCatchingUp && this.#owner.giveUp();
    }

    /** Called by a stream that has closed, whoever closed it. */
    onStreamClosed(stream: ResponseStream): void {
        this.#drop(stream, 'disconnected');
    }

    #nextBatch(): string {
        const now = this.#owner.clock.now();
        let batch = '';
        let bytes = 0;
        for (let entry = this.#log.at(this.#next); entry && batch.length < BATCH; entry = this.#log.at(this.#next)) {
            batch += toMessageEvent(toEventId(this.#owner.name, this.#next), entry.json);
            entry.sentAt = now;
            bytes += entry.bytes;
            this.#next++;
        }
        this.#setInTransit(this.#bytesInTransit + bytes);
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
        this.#setInTransit(0);
    }

    #setInTransit(bytes: number): void {
        this.#owner.budget.setInTransit(bytes, this.#bytesInTransit);
        this.#bytesInTransit = bytes;
    }

    #setCatchingUp(isCatchingUp: boolean): void {
        if (isCatchingUp === this.#isCatchingUp) return;
        this.#isCatchingUp = isCatchingUp;
        this.#owner.budget.catchingUp += isCatchingUp ? 1 : -1;
    }

    #drop(stream: ResponseStream, reason: DropReason): void {
        if (stream !== this.#stream) return;
        this.#stream = undefined;
        this.#setCatchingUp(true);
        this.#lastWrite = this.#owner.clock.now();
        stream.destroy();
        this.#owner.onDropped(reason);
    }
}
