import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type {
    JSONRPCMessage,
    JSONRPCNotification,
    MessageExtraInfo,
    RequestId
} from '@modelcontextprotocol/sdk/types.js';
import type { Clock } from '../../clock.ts';
import { cancelledBy, isOpening, type ReceivedMessage, replyTo } from '../../message/parse-message.ts';
import { RpcCode } from '../../message/rpc-code.ts';
import { type LimitedSession, MemoryLimit, type MessageHolder } from '../delivery/memory-limit.ts';
import type { Limits } from '../limits.ts';
import type { CloseReason, DropReason } from '../observer.ts';
import type { SessionInfo, TransportName } from '../types.ts';
import { KnownPosts, type Post, type Recognition } from './known-posts.ts';
import type { Holder } from './places.ts';
import type { SessionContext, SessionIdentity } from './session-context.ts';
import { SessionTimer, type TimedSession } from './session-timer.ts';

/** Why a POST is not run. `idTaken` is the id of another request in flight or in the same batch. */
export type PostRefusal = 'unknown-session' | 'answer-lost' | Exclude<Recognition, 'new' | number>;

/** One session: the SDK's `Transport` on one side, posted messages on the other. Subclasses send to the client. */
export abstract class Session implements Transport, SessionInfo, SessionIdentity, LimitedSession, TimedSession {
    abstract readonly transport: TransportName;
    readonly id: string;
    readonly holder: Holder;
    readonly credential: string | undefined;
    readonly authInfo: AuthInfo | undefined;
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
    readonly context: SessionContext;
    readonly memoryLimit: MemoryLimit;
    protected readonly timer: SessionTimer;
    /** Whether the client has used the session after opening it. */
    protected isUsed = false;
    readonly #posts: KnownPosts;
    #started = false;
    #closed = false;
    #settled: Promise<void> | undefined;
    #resolveSettled: (() => void) | undefined;

    constructor(context: SessionContext, { id, holder, credential, authInfo }: SessionIdentity) {
        this.id = id;
        this.holder = holder;
        this.credential = credential;
        this.authInfo = authInfo;
        this.context = context;
        this.memoryLimit = new MemoryLimit(context.limits.maxBufferedBytes);
        this.#posts = new KnownPosts(context.limits);
        this.timer = new SessionTimer(this, context.clock);
    }

    abstract readonly isOpen: boolean;
    abstract readonly idleMs: number;
    abstract holders(): Iterable<MessageHolder>;
    abstract untilDue(now: number): number;
    /** Whether no message is waiting for a connected client. */
    protected abstract readonly isSettled: boolean;
    /**
     * Queues a message for the client. `post` is the POST with the request that the message belongs to, if that request is
     * in flight. Returns the memory that the message takes, in bytes, or 0 if its stream is no longer kept.
     */
    protected abstract deliver(message: JSONRPCMessage, post: Post | undefined): number;
    /** Notes that the client has cancelled a request of that POST, which therefore gets no reply. */
    protected abstract onCancelled(post: Post): void;
    /** Handles the deadlines of the streams that are due; may end the session. */
    protected abstract checkStreams(now: number): void;
    /** Sends what the clients can take at once, ends the streams, and drops all messages. */
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
        return this.#posts.inFlight;
    }

    get bufferedBytes(): number {
        return this.memoryLimit.bytes;
    }

    get hasEnded(): boolean {
        return this.#closed;
    }

    /** Whether the client is connected to a stream or has a request in flight. */
    get isInUse(): boolean {
        return this.inFlight > 0 || this.isOpen;
    }

    /** Time of the last traffic, in milliseconds of the clock. */
    get lastTraffic(): number {
        return this.timer.lastTraffic;
    }

    /**
     * Part of the SDK's `Transport`; called by `connect`.
     *
     * @throws {Error} if it is called a second time.
     */
    async start(): Promise<void> {
        if (this.#started) throw new Error('This session has a server already; create one server for each session');
        this.#started = true;
    }

    /**
     * Queues a message for the client. After the session has ended, messages are dropped.
     *
     * @throws {TypeError} if the message is not a reply and cannot be written as JSON.
     */
    async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
        if (this.#closed) return;
        const answers = 'method' in message ? undefined : message.id;
        const request = answers ?? options?.relatedRequestId;
        const post = request === undefined ? undefined : this.#posts.find(request);
        // A cancelled request gets no reply. A late one could be taken for the reply to a new request with the same id.
        if (answers !== undefined && !post) return;
        if (!this.makeRoom()) return;
        const bytes = this.deliver(message, post);
        if (answers !== undefined) this.#posts.settle(answers, this.clock.now());
        // Without a client, no flush will report that all is settled.
        this.checkSettled();
        if (bytes === 0) return;
        // Notifications that no client receives do not keep a session alive.
        if (answers !== undefined || this.isOpen) this.timer.touch();
        this.context.observer.sent?.(this, message, bytes);
    }

    /** Ends the session. Idempotent. */
    async close(): Promise<void> {
        this.end('closed');
    }

    /** Resolves when all requests are answered and all messages for connected clients were handed to the network. */
    settled(): Promise<void> {
        this.#settled ??= new Promise(resolve => {
            this.#resolveSettled = resolve;
        });
        this.checkSettled();
        return this.#settled;
    }

    onIdle(): void {
        this.end(this.isUsed ? 'idle' : 'unused');
    }

    onTick(now: number): void {
        this.#posts.forgetOld(now);
        this.checkStreams(now);
    }

    /** Ends the session: its streams, its timer, its POSTs and its MCP server. Idempotent. */
    end(reason: CloseReason): void {
        if (this.#closed) return;
        this.#closed = true;
        this.timer.end();
        this.endStreams();
        this.#posts.clear();
        this.checkSettled();
        this.context.onClosed(this.id);
        this.context.observer.closed?.(this, reason);
        this.onclose?.();
    }

    /** Compares a POST with those before it. Only a `new` one may be run. */
    protected recognize(post: Post, ids: readonly RequestId[]): Recognition {
        this.timer.touch();
        return this.#posts.recognize(post, ids, this.clock.now());
    }

    /** Passes a message to the MCP server. A request requires its `post`, which must be new to this session. */
    protected take(parsed: ReceivedMessage, extra: MessageExtraInfo, bytes: number, post: Post | undefined): void {
        this.timer.touch();
        const id = replyTo(parsed);
        if (id !== undefined && post) {
            // `initialize` may run twice without harm, and most sessions are idle for long after it.
            post.isRemembered = !(parsed.kind === 'message' && isOpening(parsed.message));
            this.#posts.begin(id, post);
        }
        if (parsed.kind === 'bad-params') {
            const error = { code: RpcCode.InvalidParams, message: parsed.problem };
            if (id !== undefined) void this.send({ jsonrpc: '2.0', id, error });
            return;
        }
        const { message } = parsed;
        if (!this.isUsed && !isOpening(message)) this.noteUse();
        // The SDK would apply a late cancellation to the next request with that id, and never answer it.
        if ('method' in message && !('id' in message) && !this.#cancels(message)) return;
        this.context.observer.received?.(this, message, bytes);
        try {
            // The SDK's server, which set this in `connect`, runs the method and calls `send` with the reply.
            this.onmessage?.(message, extra);
        } catch (error) {
            this.onerror?.(error as Error);
        }
    }

    /** Makes room for one more message. Returns false if the session has ended, because there is no room or before. */
    protected makeRoom(): boolean {
        if (!this.#closed && !this.memoryLimit.makeRoom(this)) {
            // The client could not resume without a gap, so the session ends now.
            this.context.observer.evicted?.(this, this.memoryLimit.messages);
            this.end('replay-lost');
        }
        return !this.#closed;
    }

    /** Notes that the client has used the session after opening it. */
    protected noteUse(): void {
        if (this.isUsed) return;
        this.isUsed = true;
        this.context.onUsed(this.id);
    }

    /** Reports that a stream was dropped. Its client may reconnect until `resumeWindowMs` is over. */
    protected noteDropped(reason: DropReason): void {
        this.timer.touch();
        this.context.observer.dropped?.(this, reason);
    }

    protected checkSettled(): void {
        if (this.#closed || (this.inFlight === 0 && this.isSettled)) this.#resolveSettled?.();
    }

    /** Carries out a cancellation. Returns false if the notification cancels a request that is not in flight. */
    #cancels(message: JSONRPCNotification): boolean {
        const cancelled = cancelledBy(message);
        if (cancelled === undefined) return true;
        const post = this.#posts.find(cancelled);
        if (!post) return false;
        // A cancelled request gets no reply (MCP, Cancellation), so it is no longer in flight.
        this.#posts.settle(cancelled, this.clock.now());
        this.onCancelled(post);
        this.checkSettled();
        return true;
    }
}
