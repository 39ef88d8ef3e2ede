import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { type ReceivedMessage, replyTo } from '../../message/parse-message.ts';
import type { DropReason } from '../observer.ts';
import type { EventId } from '../wire/event-id.ts';
import { toJson } from '../wire/framing.ts';
import type { Post } from './post-memory.ts';
import { RequestStream, type RequestStreamOwner } from './request-stream.ts';
import { Session, type SessionContext, type SessionIdentity } from './session.ts';

/**
 * What became of what was posted; `answering` has a response under way, `accepted` requires no reply; `idTaken` if
 * another request in flight, or in the same batch, has an id of its.
 */
export type PostReception =
    | 'accepted'
    | 'answering'
    | 'too-many-requests'
    | 'unknown-session'
    | 'answer-lost'
    | 'outcome-unknown'
    | { idTaken: RequestId };

/** What became of a client that came back; `complete` if there is no more to send, ever. */
export type Resumption = 'resumed' | 'complete' | 'lost';

/** The first revision whose clients understand an event without data. */
const PRIMING_SINCE = '2025-11-25';

/** A session of Streamable HTTP (MCP 2025-03-26 to 2025-11-25). It lives without any stream, and has many. */
export class StreamableSession extends Session implements RequestStreamOwner {
    readonly transport = 'streamable-http';
    readonly #standalone: RequestStream;
    /** All streams that something is kept of, in order of age. */
    readonly #streams = new Map<number, RequestStream>();
    /** Those of them that are open, or that a client may come back to for more. */
    readonly #live = new Set<RequestStream>();
    #lastNumber = 0;
    #initializeId: RequestId | undefined;
    #protocolVersion: string | undefined;
    #isRefused = false;
    #isNamed = false;

    constructor(context: SessionContext, identity: SessionIdentity) {
        super(context, identity);
        this.#standalone = new RequestStream(this, 0, 0, false);
        this.#streams.set(0, this.#standalone);
    }

    /** The revision that client and server have agreed on; undefined before. */
    get protocolVersion(): string | undefined {
        return this.#protocolVersion;
    }

    get understandsPriming(): boolean {
        return this.#protocolVersion !== undefined && this.#protocolVersion >= PRIMING_SINCE;
    }

    get isOpen(): boolean {
        for (const { queue } of this.#live) if (queue.isOpen) return true;
        return false;
    }

    /** Takes the request that opens the session. */
    initialize(parsed: ReceivedMessage, extra: MessageExtraInfo, bytes: number, post: Post, res: ServerResponse): void {
        this.#initializeId = replyTo(parsed);
        this.post([parsed], false, extra, bytes, post, res);
        this.arm();
    }

    /** Takes what was posted. A POST that comes again gets the answer of the first. Requests need their `post`. */
    post(
        messages: readonly ReceivedMessage[],
        isBatch: boolean,
        extra: MessageExtraInfo,
        bytes: number,
        post: Post | undefined,
        res: ServerResponse
    ): PostReception {
        if (this.hasEnded) return 'unknown-session';
        const requests = new Set<RequestId>();
        for (const parsed of messages) {
            const id = replyTo(parsed);
            if (id === undefined) continue;
            if (requests.has(id)) return { idTaken: id };
            requests.add(id);
        }
        if (post && requests.size > 0) {
            const recognition = this.posts.recognize(post, requests, this.clock.now());
            if (recognition !== 'new') {
                this.touch();
                if (recognition === 'outcome-unknown') return recognition;
                if ('taken' in recognition) return { idTaken: recognition.taken };
                return this.#answerAgain(recognition.place, res);
            }
            if (this.inFlight + requests.size > this.limits.maxInFlight) return 'too-many-requests';
            const stream = this.#open(requests.size, isBatch);
            post.place = stream.number;
            stream.answer(res);
        }
        for (const parsed of messages) this.take(parsed, extra, bytes, post);
        return requests.size > 0 ? 'answering' : 'accepted';
    }

    /** Opens the stream for what belongs to no request, beginning with what no client has had. */
    openStandalone(res: ServerResponse): void {
        this.touch();
        this.noteUse();
        this.#standalone.attach(res, this.#standalone.queue.toResumePosition());
    }

    /** Goes on with a stream where its client has lost it. Where something is missing, the client must know. */
    resume(res: ServerResponse, { stream: number = 0, position }: EventId): Resumption {
        this.touch();
        const stream = this.#streams.get(number);
        if (!stream || position > stream.queue.last) return 'lost';
        if (!stream.queue.canResumeAfter(position)) {
            // What is pushed cannot be asked for again, as a request can.
            if (number === 0) this.end('replay-lost');
            return 'lost';
        }
        const waiting = stream.queue.last - position;
        if (stream.isComplete && waiting === 0) return 'complete';
        stream.attach(res, position);
        this.context.observer.resumed?.(this, waiting);
        return 'resumed';
    }

    /** Ends the connection of a POST's stream, or of the one for no request; its client comes back when it likes. */
    releaseStream(post: Post | undefined): void {
        const stream = post ? this.#streams.get(post.place) : this.#standalone;
        stream?.release();
        this.touch();
        this.arm();
    }

    /** Names the session to its client, unless it has been refused. */
    onAnswer(res: ServerResponse): void {
        if (!this.#isNamed && !this.#isRefused) res.setHeader('Mcp-Session-Id', this.id);
        this.#isNamed = true;
    }

    onAttached(stream: RequestStream, res: ServerResponse): void {
        this.context.onStream(res);
        // All of it may have gone out at once.
        if (!stream.queue.isOpen) return;
        this.#live.add(stream);
        this.arm();
    }

    onDropped(stream: RequestStream, reason: DropReason): void {
        this.tellDropped(reason);
        if (stream.number > 0 && this.limits.resumeWindowMs === 0) this.onForgotten(stream);
        else this.#live.add(stream);
        this.arm();
        this.checkSettled();
    }

    onDelivered(stream: RequestStream): void {
        this.#live.delete(stream);
        if (this.#isRefused) this.end('failed');
        else if (this.limits.resumeWindowMs === 0) this.onForgotten(stream);
    }

    onGivenUp(stream: RequestStream): void {
        this.context.observer.evicted?.(this, stream.queue.length);
        this.onForgotten(stream);
    }

    onForgotten(stream: RequestStream): void {
        this.#live.delete(stream);
        this.#streams.delete(stream.number);
        stream.forget();
    }

    /** Many clients never end their sessions (MCP 2025-11-25, Session Management: they should). */
    protected get idleMs(): number {
        const { sessionIdleMs, streamlessIdleMs, unusedIdleMs } = this.limits;
        if (this.isOpen) return sessionIdleMs;
        return Math.min(sessionIdleMs, this.isUsed ? streamlessIdleMs : unusedIdleMs);
    }

    protected get isSettled(): boolean {
        for (const stream of this.#streams.values()) if (!stream.isSettled) return false;
        return true;
    }

    protected deliver(message: JSONRPCMessage, post: Post | undefined): number {
        const isReply = !('method' in message);
        if (isReply && message.id === this.#initializeId) this.#noteOutcome(message);
        let stream = post && this.#streams.get(post.place);
        if (!stream) {
            // Its client has been away for too long.
            if (isReply) return 0;
            stream = this.#standalone;
        }
        return stream.push(toJson(message), isReply);
    }

    protected onCancelled({ place }: Post): void {
        this.#streams.get(place)?.cancelOne();
    }

    protected untilDue(now: number): number {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        let ms = resumeWindowMs > 0 ? resumeWindowMs : Number.POSITIVE_INFINITY;
        for (const { queue } of this.#live) {
            ms = Math.min(ms, (queue.isOpen ? heartbeatMs : resumeWindowMs) - queue.silence(now));
        }
        return ms;
    }

    protected onTick(now: number): void {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        for (const stream of this.#live) {
            const silence = stream.queue.silence(now);
            if (stream.queue.isOpen) {
                if (silence >= heartbeatMs) stream.queue.keepAlive();
            } else if (silence >= resumeWindowMs) {
                if (stream.number === 0) this.#live.delete(stream);
                else this.onForgotten(stream);
            }
        }
        for (const stream of this.#streams.values()) {
            stream.forgetUntil(now - resumeWindowMs);
        }
    }

    protected endStreams(): void {
        for (const stream of this.#streams.values()) stream.end();
        this.#streams.clear();
        this.#live.clear();
    }

    #open(requests: number, isBatch: boolean): RequestStream {
        this.#lastNumber++;
        const stream = new RequestStream(this, this.#lastNumber, requests, isBatch);
        this.#streams.set(stream.number, stream);
        return stream;
    }

    #answerAgain(place: number, res: ServerResponse): PostReception {
        const stream = this.#streams.get(place);
        if (!stream) return 'answer-lost';
        stream.answer(res);
        return 'answering';
    }

    #noteOutcome(reply: JSONRPCMessage): void {
        this.#initializeId = undefined;
        if ('result' in reply) this.#protocolVersion = String(reply.result.protocolVersion);
        else this.#isRefused = true;
    }
}
