import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../limits.ts';
import type { DropReason } from '../observer.ts';
import { KEEP_ALIVE } from '../wire/framing.ts';
import { flushSoon } from './flush-soon.ts';
import type { MemoryLimit, MessageHolder } from './memory-limit.ts';
import { ReplayLog } from './replay-log.ts';
import { ResponseStream, type ResponseStreamOwner, type StreamStart } from './response-stream.ts';

/** What all queues of a server share. */
export interface QueueContext {
    readonly limits: Limits;
    readonly clock: Clock;
}

/** The owner of a queue. */
export interface SendQueueOwner {
    /** The stream broke, or its client was too slow. The client may resume it. */
    onDropped(reason: DropReason): void;
    /** All messages so far were handed to the network. */
    onSent(): void;
}

/**
 * Sends the messages of a log to a client as fast as it reads them. Messages that the network does not take stay in the
 * log, which counts towards the session's memory limit. The log outlives the response, so that a client that reconnects
 * continues where it was.
 */
export class SendQueue implements MessageHolder, ResponseStreamOwner {
    readonly log: ReplayLog;
    readonly #owner: SendQueueOwner;
    readonly #context: QueueContext;
    #stream: ResponseStream | undefined;
    /** The newest message that was waiting when the client connected. */
    #backlogEnd = 0;
    /** Whether the last message is in the log, so that the stream ends when all is sent. */
    #isComplete = false;
    /** When the stream was last written to; without a stream, when it dropped. */
    #lastWrite: number;

    constructor(owner: SendQueueOwner, context: QueueContext, memoryLimit: MemoryLimit, name: string) {
        this.#owner = owner;
        this.#context = context;
        this.log = new ReplayLog(memoryLimit, name);
        this.#lastWrite = context.clock.now();
    }

    get isOpen(): boolean {
        return this.#stream !== undefined;
    }

    /** Whether no message is waiting for a connected client. */
    get isSettled(): boolean {
        return !this.#stream || this.log.written === this.log.last;
    }

    get bytes(): number {
        return this.log.bytes;
    }

    /** The time since the last write; without a stream, since it dropped. In milliseconds. */
    silence(now: number): number {
        return now - this.#lastWrite;
    }

    /** The position after which every message is kept that the network has not taken. */
    toResumePosition(): number {
        this.#noteTaken();
        return this.log.resumePosition;
    }

    /** Adds a message. Returns the memory that it takes, in bytes. */
    push(json: string): number {
        // The flush runs at the end of this turn, after the message is in the log.
        flushSoon(this);
        return this.log.append(json, this.#context.clock.now());
    }

    /** Notes that no message follows: the stream ends when all messages are sent. */
    complete(): void {
        this.#isComplete = true;
        flushSoon(this);
    }

    /** Sends all messages after `position` to this response from now on. Closes the stream before it. */
    attach(res: ServerResponse, position: number, start: StreamStart): void {
        this.#detach()?.destroy();
        const stream = new ResponseStream(res, this, start);
        this.#stream = stream;
        this.#backlogEnd = this.log.last;
        this.#lastWrite = this.#context.clock.now();
        this.log.continueAfter(position);
        if (this.isSettled) stream.begin();
        this.flush();
    }

    /** Hands the waiting messages to the network, as far as the client keeps up. */
    flush(): void {
        const stream = this.#stream;
        if (!stream) return;
        this.#writeTo(stream);
        if (!this.isSettled) return;
        if (this.#isComplete && stream.ready) {
            this.log.markTaken();
            this.release();
        }
        this.#owner.onSent();
    }

    /** The time until a heartbeat is due; without a stream, until the client can no longer resume. In milliseconds. */
    untilDue(now: number): number {
        const { heartbeatMs, resumeWindowMs } = this.#context.limits;
        return (this.isOpen ? heartbeatMs : resumeWindowMs) - this.silence(now);
    }

    /** Writes the heartbeat if it is due. Returns whether the client has been away for the whole resume window. */
    tick(now: number): boolean {
        if (this.untilDue(now) > 0) return false;
        if (!this.#stream) return true;
        // A client that is behind has enough to read.
        if (this.#stream.ready) this.#stream.writeComment(KEEP_ALIVE);
        this.#lastWrite = now;
        return false;
    }

    /** Ends the stream after what was written. The client may come back for the rest. */
    release(): void {
        this.#detach()?.end(this.#context.clock);
    }

    /** Sends what the client takes at once, ends the stream, and drops all messages. */
    end(): void {
        if (this.#stream) this.#writeTo(this.#stream);
        this.release();
        this.log.clear();
    }

    dropOldest(isAwaited = true): boolean {
        this.#noteTaken();
        return this.log.dropOldest(isAwaited);
    }

    disconnect(): boolean {
        const stream = this.#stream;
        if (!stream || this.log.written < this.#backlogEnd) return false;
        this.#drop(stream, 'slow-reader');
        return true;
    }

    giveUp(): boolean {
        return false;
    }

    onStreamClosed(stream: ResponseStream): void {
        if (stream === this.#stream) this.#drop(stream, 'disconnected');
    }

    #writeTo(stream: ResponseStream): void {
        this.#noteTaken();
        const { clock, limits } = this.#context;
        while (stream.ready && this.log.written < this.log.last) {
            const now = clock.now();
            stream.write(this.log.writeBatch(now));
            this.#lastWrite = now;
            if (limits.resumeWindowMs > 0) continue;
            // No client can ask for these messages again.
            this.log.markTaken();
            this.log.dropUntil(now, true);
        }
    }

    #noteTaken(): void {
        if (this.#stream?.isEmpty) this.log.markTaken();
    }

    #detach(): ResponseStream | undefined {
        const stream = this.#stream;
        this.#stream = undefined;
        if (stream) this.#lastWrite = this.#context.clock.now();
        return stream;
    }

    #drop(stream: ResponseStream, reason: DropReason): void {
        this.#detach();
        stream.destroy();
        this.#owner.onDropped(reason);
    }
}
