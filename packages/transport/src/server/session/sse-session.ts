import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { type ReceivedMessage, replyTo } from '../../message/parse-message.ts';
import { SendQueue, type SendQueueOwner } from '../delivery/send-queue.ts';
import type { DropReason } from '../observer.ts';
import { toEventId } from '../wire/event-id.ts';
import { type StreamHeaders, toJson, toOpening } from '../wire/framing.ts';
import type { Post } from './post-memory.ts';
import { Session, type SessionContext, type SessionIdentity } from './session.ts';

/** What became of a message that was posted; `idTaken` if another request in flight has its id. */
export type Reception =
    | 'accepted'
    | 'too-many-requests'
    | 'unknown-session'
    | 'answer-lost'
    | 'outcome-unknown'
    | { idTaken: RequestId };

/** The place of an answer that is still to come, or never will. */
const NOT_IN_LOG = Number.POSITIVE_INFINITY;

/** A session of HTTP+SSE (MCP 2024-11-05): one stream carries everything to the client, and it is the session's life. */
export class SseSession extends Session implements SendQueueOwner {
    /** The path that the client posts to, session included. */
    readonly #endpoint: string;
    readonly #queue: SendQueue;

    constructor(context: SessionContext, identity: SessionIdentity, endpoint: string) {
        super(context, identity);
        this.#endpoint = endpoint;
        this.#queue = new SendQueue(this);
    }

    // Getters, for what is the same for all: a field of its own for each session would add up.
    get transport(): 'sse' {
        return 'sse';
    }

    get endsWithConnection(): boolean {
        return true;
    }

    get isAwaited(): boolean {
        return true;
    }

    get name(): string {
        return this.id;
    }

    get headers(): StreamHeaders {
        return this.context.sseHeaders;
    }

    get isOpen(): boolean {
        return this.#queue.isOpen;
    }

    toOpening(position: number): string {
        return toOpening(this.limits.retryMs, toEventId(this.id, position), this.#endpoint);
    }

    /** Takes one message that was posted. A request needs its `post`. */
    receive(parsed: ReceivedMessage, extra: MessageExtraInfo, bytes: number, post: Post | undefined): Reception {
        // It may have ended while the body came in.
        if (this.hasEnded) return 'unknown-session';
        const id = replyTo(parsed);
        if (post && id !== undefined) {
            const recognition = this.posts.recognize(post, [id], this.clock.now());
            if (recognition !== 'new') {
                this.touch();
                if (recognition === 'outcome-unknown') return recognition;
                if ('taken' in recognition) return { idTaken: recognition.taken };
                return this.#bringsAnswer(recognition.place) ? 'accepted' : 'answer-lost';
            }
            if (this.inFlight >= this.limits.maxInFlight) return 'too-many-requests';
            post.place = NOT_IN_LOG;
        }
        this.take(parsed, extra, bytes, post);
        return 'accepted';
    }

    /** Whether the message of that position has ever been, so that a client may have seen it. */
    hasReached(position: number): boolean {
        return position <= this.#queue.last;
    }

    /** Whether a client that has seen everything up to `position` can be sent all the rest. */
    canResumeAfter(position: number): boolean {
        return this.#queue.canResumeAfter(position);
    }

    /**
     * Sends to this response from now on, beginning with what follows `position`. The stream before it is closed.
     *
     * @returns how many messages were waiting.
     */
    attach(res: ServerResponse, position: number): number {
        this.touch();
        this.context.onStream(res);
        this.context.observer.attached?.(this, res);
        const waiting = this.#queue.attach(res, position);
        this.arm();
        return waiting;
    }

    onDropped(reason: DropReason): void {
        this.tellDropped(reason);
        if (this.limits.resumeWindowMs === 0) return this.end('not-resumed');
        this.arm();
        this.checkSettled();
    }

    forgetEmpty(): boolean {
        return false;
    }

    /** There is no other way to the client: without this one the session is of no use. */
    giveUp(): boolean {
        return false;
    }

    /** Its stream is its life: without one, the resume window ends it. */
    protected get idleMs(): number {
        return this.limits.sessionIdleMs;
    }

    protected get isSettled(): boolean {
        return this.#queue.isSettled;
    }

    protected deliver(message: JSONRPCMessage, post: Post | undefined): number {
        const bytes = this.#queue.push(toJson(message));
        if (post && !('method' in message)) post.place = this.#queue.last;
        return bytes;
    }

    protected onCancelled(): void {}

    protected untilDue(now: number): number {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        return (this.isOpen ? heartbeatMs : resumeWindowMs) - this.#queue.silence(now);
    }

    protected onTick(now: number): void {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        const silence = this.#queue.silence(now);
        if (this.isOpen) {
            this.#queue.forgetUntil(now - resumeWindowMs);
            if (silence >= heartbeatMs) this.#queue.keepAlive();
        } else if (silence >= resumeWindowMs) this.end('not-resumed');
    }

    protected endStreams(): void {
        this.#queue.end();
    }

    /**
     * Whether the client has the answer at that position, or the stream brings it. An answer that is no longer kept was
     * sent: if the stream is open, on that stream, or on one before it that the client has read up to there.
     */
    #bringsAnswer(position: number): boolean {
        return this.isOpen || this.#queue.canResumeAfter(position - 1);
    }
}
