import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import { flushSoon } from '../delivery/flush-soon.ts';
import type { Budget } from '../delivery/memory-limit.ts';
import { BATCH, SendQueue, type SendQueueOwner } from '../delivery/send-queue.ts';
import type { Limits } from '../limits.ts';
import type { DropReason } from '../observer.ts';
import { toEventId } from '../wire/event-id.ts';
import { JSON_HEADERS, STREAM_HEADERS, toPriming } from '../wire/framing.ts';
import { reject } from '../wire/reject.ts';

/** What a stream needs of its session, and tells it. */
export interface RequestStreamOwner {
    readonly id: string;
    readonly limits: Limits;
    readonly clock: Clock;
    readonly budget: Budget;
    readonly hasEnded: boolean;
    /** Whether the client understands an event without data. */
    readonly understandsPriming: boolean;
    /** Called before an answer begins, while its headers can be set. */
    onAnswer(res: ServerResponse): void;
    onAttached(stream: RequestStream, res: ServerResponse): void;
    onDropped(stream: RequestStream, reason: DropReason): void;
    /** All that will ever come has been handed to the network. */
    onDelivered(stream: RequestStream): void;
    /** Nothing of it is kept any more. */
    onForgotten(stream: RequestStream): void;
    /** It takes too much for a client that is away. */
    onGivenUp(stream: RequestStream): void;
    onOverflow(waiting: number): void;
    onSent(): void;
}

/** What a stream takes that is over, besides its messages; in bytes. */
const KEPT_STREAM_BYTES = 512;

/**
 * One of the streams of a session of Streamable HTTP. Stream 0 is the one that GET opens, for all that belongs to no
 * request, and never complete. Each of the others answers one POST: as JSON if the reply is there at the end of the
 * turn of the event loop, else by events. Either way what was sent is kept, for a client that asks again.
 */
export class RequestStream implements SendQueueOwner {
    readonly number: number;
    readonly name: string;
    readonly endsWithConnection: boolean;
    readonly headers = STREAM_HEADERS;
    readonly queue: SendQueue;
    readonly #session: RequestStreamOwner;
    readonly #isBatch: boolean;
    #unanswered: number;
    #wasOpened = false;
    #isDelivered = false;
    /** Where the answer goes, until it is known what kind of answer it is. */
    #undecided: ServerResponse | undefined;
    /** Whether the stream is to end as soon as it has begun. */
    #isToBeReleased = false;

    /** @param requests how many it answers. */
    constructor(session: RequestStreamOwner, number: number, requests: number, isBatch: boolean) {
        this.number = number;
        this.name = `${session.id}:${number}`;
        this.endsWithConnection = number === 0;
        this.#session = session;
        this.#isBatch = isBatch;
        this.#unanswered = requests;
        this.queue = new SendQueue(this);
    }

    get limits(): Limits {
        return this.#session.limits;
    }

    get clock(): Clock {
        return this.#session.clock;
    }

    get budget(): Budget {
        return this.#session.budget;
    }

    get hasEnded(): boolean {
        return this.#session.hasEnded;
    }

    get isComplete(): boolean {
        return this.number > 0 && this.#unanswered === 0;
    }

    /** Stream 0 is awaited once it has been opened, for as long as its client may come back. */
    get isAwaited(): boolean {
        if (this.number > 0 || this.queue.isOpen) return true;
        return this.#wasOpened && this.queue.silence(this.clock.now()) < this.limits.resumeWindowMs;
    }

    get isSettled(): boolean {
        return this.#undecided === undefined && this.queue.isSettled;
    }

    toOpening(position: number): string | undefined {
        const primes = this.#session.understandsPriming && this.limits.resumeWindowMs > 0;
        return primes ? toPriming(this.limits.retryMs, toEventId(this.name, position)) : undefined;
    }

    /** Adds a message; returns its size in bytes, or 0 if there is no room for it. */
    push(json: string, isReply: boolean): number {
        if (isReply) this.#unanswered--;
        const bytes = this.queue.push(json);
        if (this.isComplete) this.queue.complete();
        return bytes;
    }

    /** One of the requests will not be answered. */
    cancelOne(): void {
        this.#unanswered--;
        if (this.isComplete) this.queue.complete();
    }

    /** Answers a POST, from the beginning. One before it is not answered any more: its client has given it up. */
    answer(res: ServerResponse): void {
        if (this.#undecided) reject(this.#undecided, 'repeated');
        this.#undecided = res;
        flushSoon(this);
    }

    /** At the end of the turn: decides how to answer. */
    flush(): void {
        const res = this.#undecided;
        if (!res) return;
        this.#undecided = undefined;
        if (res.destroyed) return this.onDropped('disconnected');
        // From the beginning is not to be had any more; who is being answered is left alone.
        if (!this.queue.canResumeAfter(0)) {
            reject(res, 'answer-lost');
            return this.#session.onSent();
        }
        this.#session.onAnswer(res);
        const json = this.#wholeAnswer();
        if (json === undefined) {
            this.attach(res, 0);
            if (this.#isToBeReleased) this.release();
            return;
        }
        res.writeHead(200, [...JSON_HEADERS, 'Content-Length', String(Buffer.byteLength(json))]).end(json);
        this.queue.skipAll();
        this.#onAllSent();
        this.#session.onSent();
    }

    /** Sends events to this response from now on, beginning with what follows `position`. */
    attach(res: ServerResponse, position: number): void {
        this.#wasOpened = true;
        this.queue.attach(res, position);
        this.#session.onAttached(this, res);
    }

    /** Forgets what was sent so long ago that its client must have it. */
    forgetUntil(time: number): void {
        this.queue.forgetUntil(time);
        if (this.queue.length === 0) this.forgetEmpty();
    }

    /** Ends its connection; its client comes back when it likes. */
    release(): void {
        this.#isToBeReleased = this.#undecided !== undefined;
        this.queue.release();
    }

    /** Ends it together with its session. */
    end(): void {
        // Not 404: the client would take that for a message that has not been executed, and this one may have been.
        this.flush();
        this.queue.end();
    }

    onDropped(reason: DropReason): void {
        this.#session.onDropped(this, reason);
    }

    onOverflow(waiting: number): void {
        this.#session.onOverflow(waiting);
    }

    onSent(): void {
        if (this.isComplete && !this.queue.isOpen) this.#onAllSent();
        this.#session.onSent();
    }

    forgetEmpty(): boolean {
        if (!this.#isDelivered || this.queue.isOpen) return false;
        this.#session.onForgotten(this);
        return true;
    }

    giveUp(): boolean {
        if (this.number === 0 || this.#undecided) return false;
        this.#session.onGivenUp(this);
        return true;
    }

    /** Gives back what it took. */
    forget(): void {
        this.queue.end();
        if (this.#isDelivered) this.budget.bytes -= KEPT_STREAM_BYTES;
        this.#isDelivered = false;
    }

    #onAllSent(): void {
        if (this.#isDelivered) return;
        this.#isDelivered = true;
        this.budget.bytes += KEPT_STREAM_BYTES;
        this.#session.onDelivered(this);
        this.budget.makeRoom();
    }

    /** The one reply that is all of the answer, unless it is so large that it has to go at its reader's pace. */
    #wholeAnswer(): string | undefined {
        if (!this.isComplete || this.#isBatch || this.queue.last !== 1) return undefined;
        const json = this.queue.jsonAt(1);
        return json !== undefined && json.length <= BATCH ? json : undefined;
    }
}
