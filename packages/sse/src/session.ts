import type { ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { Budget } from './budget.ts';
import type { SseClock } from './clock.ts';
import { RpcCode } from './errors.ts';
import type { StreamHeaders } from './framing.ts';
import type { SseLimits } from './limits.ts';
import type { CloseReason, DropReason, SseObserver } from './observer.ts';
import { cancelledBy, type ParsedMessage } from './parse-message.ts';
import type { SseSession, TransportName } from './sse-session.ts';

/** What all sessions of one server have in common. */
export interface SessionContext {
    limits: SseLimits;
    clock: SseClock;
    observer: SseObserver;
    /** The headers of the streams of HTTP+SSE. */
    sseHeaders: StreamHeaders;
    /** Called with each event stream when it begins. */
    onStream(res: ServerResponse): void;
    /** Called once when a session has ended. */
    onClosed(session: Session): void;
}

/** What became of a message that was posted. */
export type Reception = 'taken' | 'too-many-requests' | 'unknown-session';

/** Who opened a session, and its name. */
export type SessionIdentity = Pick<Session, 'id' | 'credential' | 'authInfo'>;

/**
 * One session: the SDK's `Transport` on one side, what is posted on the other. How replies go to the client is for the
 * transports to say.
 */
export abstract class Session implements Transport, SseSession {
    abstract readonly transport: TransportName;
    readonly id: string;
    /** What a request must show to reach this session. */
    readonly credential: string | undefined;
    readonly authInfo: AuthInfo | undefined;
    readonly budget: Budget;
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;

    protected readonly context: SessionContext;
    readonly #inFlight = new Set<RequestId>();
    #started = false;
    #closed = false;
    #lastTraffic: number;
    #cancelTimer: (() => void) | undefined;
    #settled: Promise<void> | undefined;
    #tellSettled: (() => void) | undefined;

    constructor(context: SessionContext, { id, credential, authInfo }: SessionIdentity) {
        this.id = id;
        this.credential = credential;
        this.authInfo = authInfo;
        this.context = context;
        this.budget = new Budget(context.limits.maxBufferedBytes);
        this.#lastTraffic = context.clock.now();
    }

    /** Whether a client listens. */
    abstract readonly isOpen: boolean;

    /** Whether every answer has been handed to the network, or nobody is there to take it. */
    protected abstract readonly isSettled: boolean;

    /** Queues a message for the client; returns its size in bytes, or 0 if there is no room or no way for it. */
    protected abstract deliver(message: JSONRPCMessage, relatedRequestId: RequestId | undefined): number;

    /** Whether the reply to that request is here still. */
    protected abstract hasAnswerTo(id: RequestId): boolean;

    /** A request will not be answered, since its client has cancelled it. */
    protected abstract onCancelled(id: RequestId): void;

    /** Does what is due, and may end the session. */
    protected abstract onTick(now: number): void;

    /** The time until something is due, in milliseconds. */
    protected abstract untilDue(now: number): number;

    /** Sends what readers will take, ends the streams, and keeps nothing. */
    protected abstract endStreams(): void;

    get limits(): SseLimits {
        return this.context.limits;
    }

    get clock(): SseClock {
        return this.context.clock;
    }

    /** The name under which the SDK knows the session. */
    get sessionId(): string {
        return this.id;
    }

    get inFlight(): number {
        return this.#inFlight.size;
    }

    get bufferedBytes(): number {
        return this.budget.bytes;
    }

    get hasEnded(): boolean {
        return this.#closed;
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
    async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
        if (this.#closed) return;
        const answers = 'method' in message ? undefined : message.id;
        const bytes = this.deliver(message, answers ?? options?.relatedRequestId);
        if (answers !== undefined) this.#inFlight.delete(answers);
        if (bytes === 0) return this.checkSettled();
        // What a server says of itself to nobody, such as that a clock has ticked, keeps no session.
        if (answers !== undefined || this.isOpen) this.touch();
        this.context.observer.sent?.(this, message, bytes);
    }

    /** Ends the session. Idempotent. */
    async close(): Promise<void> {
        this.end('closed');
    }

    /** Settles when every request is answered and every answer handed to the network, or nobody is there to take it. */
    settled(): Promise<void> {
        this.#settled ??= new Promise(resolve => {
            this.#tellSettled = resolve;
        });
        this.checkSettled();
        return this.#settled;
    }

    /** Ends the session for a reason: its streams, its timer, what it kept; and tells its server, once. */
    end(reason: CloseReason): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#cancelTimer?.();
        this.endStreams();
        this.#inFlight.clear();
        this.checkSettled();
        this.context.onClosed(this);
        this.context.observer.closed?.(this, reason);
        this.onclose?.();
    }

    /** Nobody could resume this session any more without a gap: it ends now, not when its client finds out. */
    onOverflow(waiting: number): void {
        this.context.observer.evicted?.(this, waiting);
        this.end('replay-lost');
    }

    onSent(): void {
        this.checkSettled();
    }

    /** Hands a message to the server, unless it is one that this session knows already. */
    protected take(parsed: NonNullable<ParsedMessage>, extra: MessageExtraInfo, bytes: number): Reception {
        // It may have ended while the body came in.
        if (this.#closed) return 'unknown-session';
        this.touch();
        if (parsed.kind === 'bad-params') {
            if (parsed.id !== undefined && !this.knows(parsed.id)) this.#refuseParams(parsed.id);
            return 'taken';
        }
        const { message } = parsed;
        if ('method' in message) {
            if ('id' in message) {
                const { id } = message;
                // A client whose POST broke cannot know whether it arrived, and sends it again.
                if (this.knows(id)) return 'taken';
                if (this.#inFlight.size >= this.limits.maxInFlight) return 'too-many-requests';
                this.#inFlight.add(id);
            } else {
                const cancelled = cancelledBy(message);
                if (cancelled !== undefined) {
                    // The server would take it for one of a request that comes right after it, and never answer that.
                    if (!this.#inFlight.delete(cancelled)) return 'taken';
                    // A cancelled request is not answered (MCP, Cancellation), so that it is in flight no longer.
                    this.onCancelled(cancelled);
                    this.checkSettled();
                }
            }
        }
        this.context.observer.received?.(this, message, bytes);
        try {
            this.onmessage?.(message, extra);
        } catch (error) {
            this.onerror?.(error as Error);
        }
        return 'taken';
    }

    /** Whether that request is in flight, or its reply is here still. */
    protected knows(id: RequestId): boolean {
        return this.#inFlight.has(id) || this.hasAnswerTo(id);
    }

    /** Notes that the client has shown itself. */
    protected touch(): void {
        this.#lastTraffic = this.clock.now();
    }

    /** A stream has gone; its client has some time to come back. */
    protected tellDropped(reason: DropReason): void {
        this.context.observer.dropped?.(this, reason);
    }

    /** One timer does for all deadlines: it looks what is due when it fires, and nobody touches it in between. */
    protected arm(): void {
        this.#cancelTimer?.();
        if (this.#closed) return;
        const now = this.clock.now();
        const untilIdle = this.limits.sessionIdleMs - (now - this.#lastTraffic);
        const ms = Math.max(1, Math.ceil(Math.min(this.untilDue(now), untilIdle)));
        this.#cancelTimer = this.clock.schedule(() => this.#tick(), ms);
    }

    protected checkSettled(): void {
        if (this.#closed || (this.#inFlight.size === 0 && this.isSettled)) this.#tellSettled?.();
    }

    #tick(): void {
        const now = this.clock.now();
        // Whoever waits for an answer is not idle.
        if (this.#inFlight.size > 0) this.#lastTraffic = now;
        if (now - this.#lastTraffic >= this.limits.sessionIdleMs) return this.end('idle');
        this.onTick(now);
        if (!this.#closed) this.arm();
    }

    #refuseParams(id: RequestId): void {
        const message = 'params must be an object, and its _meta as the specification has it';
        void this.send({ jsonrpc: '2.0', id, error: { code: RpcCode.InvalidParams, message } });
    }
}
