import type { ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { SseClock } from './clock.ts';
import { RpcCode } from './errors.ts';
import { toJson } from './framing.ts';
import type { SseLimits } from './limits.ts';
import type { CloseReason, DropReason, SseObserver } from './observer.ts';
import { Outbox, type OutboxOwner } from './outbox.ts';
import { cancelledBy, type ParsedMessage } from './parse-message.ts';
import type { SseSession } from './sse-session.ts';

/** What all sessions of one server have in common. */
export interface SessionContext {
    limits: SseLimits;
    clock: SseClock;
    observer: SseObserver;
    /** Called once when a session has ended. */
    onClosed(session: Session): void;
}

/** What became of a message that was posted. */
export type Reception = 'taken' | 'too-many-requests' | 'unknown-session';

/** One session: the SDK's `Transport` on one side, what is posted and the outbox on the other. */
export class Session implements Transport, SseSession, OutboxOwner {
    readonly id: string;
    /** The path that the client posts to, session included. */
    readonly endpoint: string;
    /** What a request must show to reach this session. */
    readonly credential: string | undefined;
    readonly authInfo: AuthInfo | undefined;
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;

    readonly #context: SessionContext;
    readonly #outbox: Outbox;
    readonly #inFlight = new Set<RequestId>();
    #started = false;
    #closed = false;
    #lastTraffic: number;
    #cancelTimer: (() => void) | undefined;
    #settled: Promise<void> | undefined;
    #tellSettled: (() => void) | undefined;

    constructor(
        context: SessionContext,
        { id, endpoint, credential, authInfo }: Pick<Session, 'id' | 'endpoint' | 'credential' | 'authInfo'>
    ) {
        this.id = id;
        this.endpoint = endpoint;
        this.credential = credential;
        this.authInfo = authInfo;
        this.#context = context;
        this.#lastTraffic = context.clock.now();
        this.#outbox = new Outbox(this);
    }

    get limits(): SseLimits {
        return this.#context.limits;
    }

    get clock(): SseClock {
        return this.#context.clock;
    }

    /** The name under which the SDK knows the session. */
    get sessionId(): string {
        return this.id;
    }

    get inFlight(): number {
        return this.#inFlight.size;
    }

    get bufferedBytes(): number {
        return this.#outbox.bytes;
    }

    get hasEnded(): boolean {
        return this.#closed;
    }

    get isOpen(): boolean {
        return this.#outbox.isOpen;
    }

    /**
     * Part of the SDK's `Transport`; called by `connect`.
     *
     * @throws {Error} the second time.
     */
    async start(): Promise<void> {
        if (this.#started) throw new Error('This session has a server already; make a server for each session');
        this.#started = true;
    }

    /**
     * Queues a message for the client. One that comes after the session has ended is dropped: nobody is left to tell.
     *
     * @throws {TypeError} if it is no reply and cannot be written as JSON.
     */
    async send(message: JSONRPCMessage): Promise<void> {
        if (this.#closed) return;
        const answers = 'method' in message ? undefined : message.id;
        const bytes = this.#outbox.push(toJson(message), answers);
        if (bytes === 0) return;
        this.#lastTraffic = this.clock.now();
        if (answers !== undefined) this.#inFlight.delete(answers);
        this.#context.observer.sent?.(this, message, bytes);
    }

    /** Ends the session. Idempotent. */
    async close(): Promise<void> {
        this.end('closed');
    }

    /** Hands a message to the server, unless it is one that this session knows already. */
    receive(parsed: NonNullable<ParsedMessage>, extra: MessageExtraInfo, bytes: number): Reception {
        // It may have ended while the body came in.
        if (this.#closed) return 'unknown-session';
        this.#lastTraffic = this.clock.now();
        if (parsed.kind === 'bad-params') {
            if (parsed.id !== undefined && !this.#knows(parsed.id)) this.#refuseParams(parsed.id);
            return 'taken';
        }
        const { message } = parsed;
        if ('method' in message) {
            if ('id' in message) {
                const { id } = message;
                // A client whose POST broke cannot know whether it arrived, and sends it again.
                if (this.#knows(id)) return 'taken';
                if (this.#inFlight.size >= this.limits.maxInFlight) return 'too-many-requests';
                this.#inFlight.add(id);
            } else {
                const cancelled = cancelledBy(message);
                // A cancelled request is not answered (MCP, Cancellation), so that it is in flight no longer.
                if (cancelled !== undefined) this.#inFlight.delete(cancelled);
                this.#checkSettled();
            }
        }
        this.#context.observer.received?.(this, message, bytes);
        try {
            this.onmessage?.(message, extra);
        } catch (error) {
            this.onerror?.(error as Error);
        }
        return 'taken';
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
        this.#lastTraffic = this.clock.now();
        const waiting = this.#outbox.attach(res, position);
        this.#arm();
        return waiting;
    }

    /** Settles when every request is answered and every answer handed to the network, or nobody is there to take it. */
    settled(): Promise<void> {
        this.#settled ??= new Promise(resolve => {
            this.#tellSettled = resolve;
        });
        this.#checkSettled();
        return this.#settled;
    }

    /** Ends the session for a reason: its stream, its timer, what it kept; and tells its server, once. */
    end(reason: CloseReason): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#cancelTimer?.();
        this.#outbox.end();
        this.#inFlight.clear();
        this.#checkSettled();
        this.#context.onClosed(this);
        this.#context.observer.closed?.(this, reason);
        this.onclose?.();
    }

    /** The stream has gone; the client has some time to come back. */
    onDropped(reason: DropReason): void {
        this.#context.observer.dropped?.(this, reason);
        if (this.limits.resumeWindowMs === 0) return this.end('not-resumed');
        this.#arm();
        this.#checkSettled();
    }

    /** Nobody could resume this session any more without a gap: it ends now, not when its client finds out. */
    onOverflow(waiting: number): void {
        this.#context.observer.evicted?.(this, waiting);
        this.end('replay-lost');
    }

    onSent(): void {
        this.#checkSettled();
    }

    /** Whether that request is in flight, or its reply is here still. */
    #knows(id: RequestId): boolean {
        return this.#inFlight.has(id) || this.#outbox.hasAnswerTo(id);
    }

    #refuseParams(id: RequestId): void {
        const message = 'params must be an object, and its _meta as the specification has it';
        void this.send({ jsonrpc: '2.0', id, error: { code: RpcCode.InvalidParams, message } });
    }

    /** One timer does for all deadlines: it looks what is due when it fires, and nobody touches it in between. */
    #arm(): void {
        this.#cancelTimer?.();
        const { clock, limits } = this;
        const now = clock.now();
        const untilSilent = (this.isOpen ? limits.heartbeatMs : limits.resumeWindowMs) - this.#outbox.silence(now);
        const untilIdle = limits.sessionIdleMs - (now - this.#lastTraffic);
        const ms = Math.max(1, Math.ceil(Math.min(untilSilent, untilIdle)));
        this.#cancelTimer = clock.schedule(() => this.#tick(), ms);
    }

    #tick(): void {
        const { clock, limits } = this;
        const now = clock.now();
        const silence = this.#outbox.silence(now);
        // Whoever waits for an answer is not idle.
        if (this.#inFlight.size > 0) this.#lastTraffic = now;
        if (now - this.#lastTraffic >= limits.sessionIdleMs) return this.end('idle');
        if (this.isOpen) {
            this.#outbox.forgetUntil(now - limits.resumeWindowMs);
            if (silence >= limits.heartbeatMs) this.#outbox.keepAlive();
        } else if (silence >= limits.resumeWindowMs) return this.end('not-resumed');
        this.#arm();
    }

    #checkSettled(): void {
        if (this.#closed || (this.#inFlight.size === 0 && this.#outbox.isSettled)) this.#tellSettled?.();
    }
}
