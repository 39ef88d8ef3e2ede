import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { type StreamHeaders, toEventId, toJson, toOpening } from './framing.ts';
import type { DropReason } from './observer.ts';
import { Outbox, type OutboxOwner } from './outbox.ts';
import type { ParsedMessage } from './parse-message.ts';
import { type Reception, Session, type SessionContext, type SessionIdentity } from './session.ts';

/** A session of HTTP+SSE (MCP 2024-11-05): one stream carries everything to the client, and it is the session's life. */
export class HttpSseSession extends Session implements OutboxOwner {
    /** The path that the client posts to, session included. */
    readonly #endpoint: string;
    readonly #outbox: Outbox;

    constructor(context: SessionContext, identity: SessionIdentity, endpoint: string) {
        super(context, identity);
        this.#endpoint = endpoint;
        this.#outbox = new Outbox(this);
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
        return this.#outbox.isOpen;
    }

    toOpening(position: number): string {
        return toOpening(this.limits.retryMs, toEventId(this.id, position), this.#endpoint);
    }

    /** Takes one message that was posted. */
    receive(parsed: NonNullable<ParsedMessage>, extra: MessageExtraInfo, bytes: number): Reception {
        return this.take(parsed, extra, bytes);
    }

    /** Whether the message of that position has ever been, so that a client may have seen it. */
    hasReached(position: number): boolean {
        return position <= this.#outbox.last;
    }

    /** Whether a client that has seen everything up to `position` can be sent all the rest. */
    canResumeAfter(position: number): boolean {
        return this.#outbox.canResumeAfter(position);
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
        const waiting = this.#outbox.attach(res, position);
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

    protected get isSettled(): boolean {
        return this.#outbox.isSettled;
    }

    protected deliver(message: JSONRPCMessage): number {
        return this.#outbox.push(toJson(message), 'method' in message ? undefined : message.id);
    }

    protected hasAnswerTo(id: RequestId): boolean {
        return this.#outbox.hasAnswerTo(id);
    }

    protected onCancelled(): void {}

    protected untilDue(now: number): number {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        return (this.isOpen ? heartbeatMs : resumeWindowMs) - this.#outbox.silence(now);
    }

    protected onTick(now: number): void {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        const silence = this.#outbox.silence(now);
        if (this.isOpen) {
            this.#outbox.forgetUntil(now - resumeWindowMs);
            if (silence >= heartbeatMs) this.#outbox.keepAlive();
        } else if (silence >= resumeWindowMs) this.end('not-resumed');
    }

    protected endStreams(): void {
        this.#outbox.end();
    }
}
