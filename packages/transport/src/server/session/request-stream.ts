import type { ServerResponse } from 'node:http';
import { flushSoon } from '../delivery/flush-soon.ts';
import type { MemoryLimit, MessageHolder } from '../delivery/memory-limit.ts';
import { BATCH } from '../delivery/replay-log.ts';
import { SendQueue, type SendQueueOwner } from '../delivery/send-queue.ts';
import type { DropReason } from '../observer.ts';
import { toEventId } from '../wire/event-id.ts';
import { JSON_HEADERS, STREAM_HEADERS, toPriming, toRetry } from '../wire/framing.ts';
import { reject } from '../wire/reject.ts';
import type { SessionContext } from './session-context.ts';

/** The session of a stream. */
export interface RequestStreamOwner {
    readonly id: string;
    readonly context: SessionContext;
    readonly memoryLimit: MemoryLimit;
    /** Whether the client understands an event without data. */
    readonly understandsPriming: boolean;
    /** The stream is sent as events to this response from now on. */
    onAttached(stream: RequestStream, res: ServerResponse): void;
    /** The stream broke, or its client was too slow. The client may resume it. */
    onDropped(stream: RequestStream, reason: DropReason): void;
    /** All messages so far were handed to the network. */
    onSent(stream: RequestStream): void;
    /** The stream can be forgotten, together with the messages that it still has. */
    onExpired(stream: RequestStream): void;
}

/** Memory that a delivered stream takes besides its messages, in bytes. */
const STREAM_BYTES = 512;

/**
 * One stream of a session of Streamable HTTP. Stream 0 is the one that GET opens, for messages that belong to no request;
 * it is never complete. Each other stream answers one POST: with JSON if the only reply is ready at the end of the turn of
 * the event loop, else with events. In both cases the messages are kept for a client that asks again.
 */
export class RequestStream implements SendQueueOwner, MessageHolder {
    readonly number: number;
    readonly queue: SendQueue;
    readonly #session: RequestStreamOwner;
    readonly #isBatch: boolean;
    #unanswered: number;
    #wasOpened = false;
    #isDelivered = false;
    /** The response to a POST, until the end of the turn decides between JSON and events. */
    #undecided: ServerResponse | undefined;
    /** Whether to end the response as soon as it has begun. */
    #isToBeReleased = false;

    /** @param requests the number of requests that the stream answers. */
    constructor(session: RequestStreamOwner, number: number, requests: number, isBatch: boolean) {
        this.number = number;
        this.#session = session;
        this.#isBatch = isBatch;
        this.#unanswered = requests;
        this.queue = new SendQueue(this, session.context, session.memoryLimit, `${session.id}:${number}`);
    }

    get bytes(): number {
        return this.queue.bytes;
    }

    /** Whether no message follows. */
    get isComplete(): boolean {
        return this.number > 0 && this.#unanswered === 0;
    }

    /** Whether the stream is complete, and all of it was handed to the network. */
    get isDelivered(): boolean {
        return this.#isDelivered;
    }

    get isSettled(): boolean {
        return this.#undecided === undefined && this.queue.isSettled;
    }

    /** Adds a message. Returns the memory that it takes, in bytes. */
    push(json: string, isReply: boolean): number {
        const bytes = this.queue.push(json);
        if (isReply) this.settleOne();
        return bytes;
    }

    /** Notes that one of the requests is answered or cancelled. */
    settleOne(): void {
        this.#unanswered--;
        if (this.isComplete) this.queue.complete();
    }

    /** Answers a POST, from the first message. An earlier response that is still undecided is rejected. */
    answer(res: ServerResponse): void {
        if (this.#undecided) reject(this.#undecided, 'repeated');
        this.#undecided = res;
        flushSoon(this);
    }

    /** Decides at the end of the turn how to answer. */
    flush(): void {
        const res = this.#undecided;
        if (!res) return;
        this.#undecided = undefined;
        if (res.destroyed) return this.onDropped('disconnected');
        if (!this.queue.log.hasAllAfter(0)) {
            // A stream that is open for the first POST continues.
            reject(res, 'answer-lost');
            return this.#session.onSent(this);
        }
        const json = this.#wholeAnswer();
        if (json === undefined) {
            this.attach(res, 0);
            if (this.#isToBeReleased) this.release();
            return;
        }
        res.writeHead(200, [...JSON_HEADERS, 'Content-Length', String(Buffer.byteLength(json))]).end(json);
        this.queue.log.continueAfter(this.queue.log.last);
        this.onSent();
    }

    /** Sends the events after `position` to this response from now on. */
    attach(res: ServerResponse, position: number): void {
        const { retryMs, resumeWindowMs } = this.#session.context.limits;
        const primes = this.#session.understandsPriming && resumeWindowMs > 0;
        this.#wasOpened = true;
        this.queue.attach(res, position, {
            headers: STREAM_HEADERS,
            closesConnection: this.number === 0,
            opening: primes ? toPriming(retryMs, toEventId(this.queue.log.name, position)) : toRetry(retryMs)
        });
        this.#session.onAttached(this, res);
    }

    /** Drops messages that were sent at `time` or before, and the stream if it is delivered and has no message left. */
    dropUntil(time: number): void {
        this.queue.log.dropUntil(time, this.#isAwaited);
        this.#expireIfEmpty();
    }

    /** Ends the response. The client may reconnect for the rest. */
    release(): void {
        this.#isToBeReleased = this.#undecided !== undefined;
        this.queue.release();
    }

    /** Ends the stream, and drops all messages. */
    end(): void {
        // The response to a POST is not 404: the client would conclude that the request was not run.
        this.flush();
        this.queue.end();
        if (this.#isDelivered) this.#session.memoryLimit.bytes -= STREAM_BYTES;
        this.#isDelivered = false;
    }

    onDropped(reason: DropReason): void {
        this.#session.onDropped(this, reason);
    }

    onSent(): void {
        if (this.isComplete && !this.queue.isOpen && !this.#isDelivered) {
            this.#isDelivered = true;
            this.#session.memoryLimit.bytes += STREAM_BYTES;
        }
        this.#session.onSent(this);
    }

    dropOldest(): boolean {
        const isDropped = this.queue.dropOldest(this.#isAwaited);
        return this.#expireIfEmpty() || isDropped;
    }

    disconnect(): boolean {
        return this.queue.disconnect();
    }

    giveUp(): boolean {
        if (this.number > 0) this.#session.onExpired(this);
        return this.number > 0;
    }

    /** Whether a client may still read the stream. Stream 0 must have been opened, and be open or resumable. */
    get #isAwaited(): boolean {
        if (this.number > 0 || this.queue.isOpen) return true;
        const { clock, limits } = this.#session.context;
        return this.#wasOpened && this.queue.silence(clock.now()) < limits.resumeWindowMs;
    }

    #expireIfEmpty(): boolean {
        const isExpired = this.#isDelivered && !this.queue.isOpen && this.queue.log.length === 0;
        if (isExpired) this.#session.onExpired(this);
        return isExpired;
    }

    /** The only reply; undefined if it is so large that it has to be sent at the client's pace. */
    #wholeAnswer(): string | undefined {
        if (!this.isComplete || this.#isBatch || this.queue.log.last !== 1) return undefined;
        const json = this.queue.log.at(1);
        return json !== undefined && json.length <= BATCH ? json : undefined;
    }
}
