import type { ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type {
    JSONRPCMessage,
    JSONRPCNotification,
    MessageExtraInfo,
    RequestId
} from '@modelcontextprotocol/sdk/types.js';
import type { Clock } from '../../clock.ts';
import { cancelledBy, type ReceivedMessage, replyTo } from '../../message/parse-message.ts';
import { RpcCode } from '../../message/rpc-code.ts';
import { Budget } from '../delivery/memory-limit.ts';
import type { Limits } from '../limits.ts';
import type { CloseReason, DropReason, Observer } from '../observer.ts';
import type { SessionInfo, TransportName } from '../types.ts';
import type { StreamHeaders } from '../wire/framing.ts';
import type { Holder } from './places.ts';
import { type Post, PostMemory } from './post-memory.ts';

/** What all sessions of one server have in common. */
export interface SessionContext {
    limits: Limits;
    clock: Clock;
    observer: Observer;
    /** The headers of the streams of HTTP+SSE. */
    sseHeaders: StreamHeaders;
    /** Called with each event stream when it begins. */
    onStream(res: ServerResponse): void;
    /** Called once when a session has ended. */
    onClosed(session: Session): void;
    /** Called once, when a session is used for the first time after it was opened. */
    onUsed(session: Session): void;
}

/** Who opened a session, and its name. */
export type SessionIdentity = Pick<Session, 'id' | 'holder' | 'credential' | 'authInfo'>;

/**
 * One session: the SDK's `Transport` on one side, what is posted on the other. How replies go to the client is for the
 * transports to say.
 */
export abstract class Session implements Transport, SessionInfo {
    abstract readonly transport: TransportName;
    readonly id: string;
    /** The client whose place it takes. */
    readonly holder: Holder;
    /** What a request must show to reach this session. */
    readonly credential: string | undefined;
    readonly authInfo: AuthInfo | undefined;
    readonly budget: Budget;
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;

    protected readonly context: SessionContext;
    protected readonly posts: PostMemory;
    #started = false;
    #closed = false;
    #isUsed = false;
    #lastTraffic: number;
    #cancelTimer: (() => void) | undefined;
    #settled: Promise<void> | undefined;
    #tellSettled: (() => void) | undefined;

    constructor(context: SessionContext, { id, holder, credential, authInfo }: SessionIdentity) {
        this.id = id;
        this.holder = holder;
        this.credential = credential;
        this.authInfo = authInfo;
        this.context = context;
        this.budget = new Budget(context.limits.maxBufferedBytes);
        this.posts = new PostMemory(context.limits);
        this.#lastTraffic = context.clock.now();
    }

    /** Whether a client listens. */
    abstract readonly isOpen: boolean;

    /** Whether every answer has been handed to the network, or nobody is there to take it. */
    protected abstract readonly isSettled: boolean;

    /**
     * Queues a message for the client. `post` brought the request that it belongs to, if that is in flight.
     *
     * @returns its size in bytes, or 0 if there is no room or no way for it.
     */
    protected abstract deliver(message: JSONRPCMessage, post: Post | undefined): number;

    /** A request of that POST will not be answered, since its client has cancelled it. */
    protected abstract onCancelled(post: Post): void;

    /** Does what is due, and may end the session. */
    protected abstract onTick(now: number): void;

    /** The time until something is due, in milliseconds. */
    protected abstract untilDue(now: number): number;

    /** Time without any message after which the session ends, in milliseconds. */
    protected abstract readonly idleMs: number;

    /** Sends what readers will take, ends the streams, and keeps nothing. */
    protected abstract endStreams(): void;

    get limits(): Limits {
        return this.context.limits;
    }

    get clock(): Clock {
        return this.context.clock;
    }

    /** The name under which the SDK knows the session. */
    get sessionId(): string {
        return this.id;
    }

    get inFlight(): number {
        return this.posts.inFlight;
    }

    get bufferedBytes(): number {
        return this.budget.bytes;
    }

    get hasEnded(): boolean {
        return this.#closed;
    }

    /** Whether its client listens or waits for a reply. */
    get isInUse(): boolean {
        return this.inFlight > 0 || this.isOpen;
    }

    /** Whether its client has done more than to open it. */
    get isUsed(): boolean {
        return this.#isUsed;
    }

    /** When its client last showed itself, in milliseconds of the clock. */
    get lastTraffic(): number {
        return this.#lastTraffic;
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
        const request = answers ?? options?.relatedRequestId;
        const post = request === undefined ? undefined : this.posts.find(request);
        // What was cancelled gets no reply; one that comes late might be taken for that to a new request with the id.
        if (answers !== undefined && !post) return;
        const bytes = this.deliver(message, post);
        if (answers !== undefined) this.posts.settle(answers, this.clock.now());
        // The client may have gone, and then the network never takes this message.
        this.checkSettled();
        if (bytes === 0) return;
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
        this.posts.clear();
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

    /** Hands a message to the server. A request comes by a `post` that is new to this session. */
    protected take(parsed: ReceivedMessage, extra: MessageExtraInfo, bytes: number, post: Post | undefined): void {
        this.touch();
        const id = replyTo(parsed);
        if (id !== undefined && post) {
            // A client that repeats initialize does no harm, and most sessions wait for long after it.
            post.isRemembered = !(parsed.kind === 'message' && isOpening(parsed.message));
            this.posts.begin(id, post);
        }
        if (parsed.kind === 'bad-params') {
            if (id !== undefined) this.#refuseParams(id, parsed.problem);
            return;
        }
        const { message } = parsed;
        if (!this.#isUsed && !isOpening(message)) this.noteUse();
        // The server would take it for one of a request that comes right after it, and never answer that.
        if ('method' in message && !('id' in message) && !this.#cancels(message)) return;
        this.context.observer.received?.(this, message, bytes);
        try {
            this.onmessage?.(message, extra);
        } catch (error) {
            this.onerror?.(error as Error);
        }
    }

    /** Notes that the client has shown itself. */
    protected touch(): void {
        this.#lastTraffic = this.clock.now();
    }

    /** Notes that the client does more than to open the session. */
    protected noteUse(): void {
        if (this.#isUsed) return;
        this.#isUsed = true;
        this.context.onUsed(this);
    }

    /** A stream has gone; its client has some time to come back. */
    protected tellDropped(reason: DropReason): void {
        this.touch();
        this.context.observer.dropped?.(this, reason);
    }

    /** One timer does for all deadlines: it looks what is due when it fires, and nobody touches it in between. */
    protected arm(): void {
        this.#cancelTimer?.();
        if (this.#closed) return;
        const now = this.clock.now();
        const untilIdle = this.idleMs - (now - this.#lastTraffic);
        const ms = Math.max(1, Math.ceil(Math.min(this.untilDue(now), untilIdle)));
        this.#cancelTimer = this.clock.schedule(() => this.#tick(), ms);
    }

    protected checkSettled(): void {
        if (!this.#tellSettled) return;
        if (this.#closed || (this.inFlight === 0 && this.isSettled)) this.#tellSettled();
    }

    #tick(): void {
        const now = this.clock.now();
        // Whoever waits for an answer is not idle.
        if (this.inFlight > 0) this.#lastTraffic = now;
        if (now - this.#lastTraffic >= this.idleMs) return this.end(this.#isUsed ? 'idle' : 'unused');
        this.posts.forgetOld(now);
        this.onTick(now);
        if (!this.#closed) this.arm();
    }

    /** Carries out what a notification cancels; false if it cancels something that is not in flight. */
    #cancels(message: JSONRPCNotification): boolean {
        const cancelled = cancelledBy(message);
        if (cancelled === undefined) return true;
        const post = this.posts.find(cancelled);
        if (!post) return false;
        // A cancelled request is not answered (MCP, Cancellation), so that it is in flight no longer.
        this.posts.settle(cancelled, this.clock.now());
        this.onCancelled(post);
        this.checkSettled();
        return true;
    }

    #refuseParams(id: RequestId, message: string): void {
        void this.send({ jsonrpc: '2.0', id, error: { code: RpcCode.InvalidParams, message } });
    }
}

/** Whether a message belongs to the opening of a session (MCP, Lifecycle, Initialization). */
function isOpening(message: JSONRPCMessage): boolean {
    if (!('method' in message)) return false;
    return message.method === 'initialize' || message.method === 'notifications/initialized';
}
