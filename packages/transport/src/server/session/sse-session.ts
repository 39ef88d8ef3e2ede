import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import { type ReceivedMessage, replyTo } from '../../message/parse-message.ts';
import { SendQueue, type SendQueueOwner } from '../delivery/send-queue.ts';
import type { DropReason } from '../observer.ts';
import { toEventId } from '../wire/event-id.ts';
import { toJson, toOpening } from '../wire/framing.ts';
import type { Post } from './known-posts.ts';
import { type PostRefusal, Session } from './session.ts';
import type { SessionContext, SessionIdentity } from './session-context.ts';

/** The position of an answer that is not in the log yet, or never will be. */
const NOT_IN_LOG = Number.POSITIVE_INFINITY;

/** A session of HTTP+SSE (MCP 2024-11-05): one stream carries all messages, and the session ends with it. */
export class SseSession extends Session implements SendQueueOwner {
    /** The path that the client posts to, with the session id. */
    readonly #endpoint: string;
    readonly #queue: SendQueue;

    /** @param endpoint the path that clients post to. */
    constructor(context: SessionContext, identity: SessionIdentity, endpoint: string) {
        super(context, identity);
        this.#endpoint = `${endpoint}?sessionId=${this.id}`;
        this.#queue = new SendQueue(this, context, this.memoryLimit, this.id);
    }

    // A getter, since a field would take memory in each session.
    get transport(): 'sse' {
        return 'sse';
    }

    get isOpen(): boolean {
        return this.#queue.isOpen;
    }

    get idleMs(): number {
        return this.limits.sessionIdleMs;
    }

    holders(): SendQueue[] {
        return [this.#queue];
    }

    /** Takes one posted message. A request requires its `post`. */
    receive(
        parsed: ReceivedMessage,
        extra: MessageExtraInfo,
        bytes: number,
        post: Post | undefined
    ): 'accepted' | PostRefusal {
        // The session may have ended while the body arrived.
        if (this.hasEnded) return 'unknown-session';
        const id = replyTo(parsed);
        if (post && id !== undefined) {
            const recognition = this.recognize(post, [id]);
            if (typeof recognition === 'number') return this.#bringsAnswer(recognition) ? 'accepted' : 'answer-lost';
            if (recognition !== 'new') return recognition;
            post.answerAt = NOT_IN_LOG;
        }
        this.take(parsed, extra, bytes, post);
        return 'accepted';
    }

    /** Continues after that position. Returns false if that is not possible; if messages are lost, the session ends. */
    resume(res: ServerResponse, position: number): boolean {
        const { log } = this.#queue;
        // No message was ever queued at that position.
        if (position > log.last) return false;
        if (!log.hasAllAfter(position)) {
            // A new session shows that to the client, and no other client uses the old one.
            this.end('replay-lost');
            return false;
        }
        const waiting = log.last - position;
        this.attach(res, position);
        this.context.observer.resumed?.(this, waiting);
        return true;
    }

    /** Sends all messages after `position` to this response from now on. Closes the stream before it. */
    attach(res: ServerResponse, position: number): void {
        this.timer.touch();
        this.context.onStream(res);
        this.context.observer.attached?.(this, res);
        this.#queue.attach(res, position, {
            headers: this.context.sseHeaders,
            closesConnection: true,
            opening: toOpening(this.limits.retryMs, toEventId(this.id, position), this.#endpoint)
        });
        this.timer.arm();
    }

    onDropped(reason: DropReason): void {
        this.noteDropped(reason);
        if (this.limits.resumeWindowMs === 0) return this.end('not-resumed');
        this.timer.arm();
        this.checkSettled();
    }

    onSent(): void {
        this.checkSettled();
    }

    untilDue(now: number): number {
        return this.#queue.untilDue(now);
    }

    protected get isSettled(): boolean {
        return this.#queue.isSettled;
    }

    protected deliver(message: JSONRPCMessage, post: Post | undefined): number {
        const bytes = this.#queue.push(toJson(message));
        if (post && !('method' in message)) post.answerAt = this.#queue.log.last;
        return bytes;
    }

    protected onCancelled(): void {}

    protected checkStreams(now: number): void {
        if (this.#queue.tick(now)) this.end('not-resumed');
        else if (this.isOpen) this.#queue.log.dropUntil(now - this.limits.resumeWindowMs, true);
    }

    protected endStreams(): void {
        this.#queue.end();
    }

    /**
     * Whether the client has the answer at that position, or will get it from the stream. An answer that is no longer kept
     * was sent on the open stream, or on an earlier one that the client has read up to that position.
     */
    #bringsAnswer(position: number): boolean {
        return this.isOpen || this.#queue.log.hasAllAfter(position - 1);
    }
}
