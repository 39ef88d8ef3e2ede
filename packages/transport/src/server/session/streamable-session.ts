import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { type ReceivedMessage, replyTo } from '../../message/parse-message.ts';
import type { DropReason } from '../observer.ts';
import type { EventId } from '../wire/event-id.ts';
import { toJson } from '../wire/framing.ts';
import type { Post } from './known-posts.ts';
import { RequestStream, type RequestStreamOwner } from './request-stream.ts';
import { type PostRefusal, Session } from './session.ts';
import type { SessionContext, SessionIdentity } from './session-context.ts';

/** The outcome of a GET with Last-Event-ID; `complete` if no message will ever follow. */
export type Resumption = 'resumed' | 'complete' | 'lost';

/** The first revision whose clients understand an event without data. */
export const PRIMING_SINCE = '2025-11-25';

/** A session of Streamable HTTP (MCP 2025-03-26 to 2025-11-25). It can have many streams, and lives without any. */
export class StreamableSession extends Session implements RequestStreamOwner {
    readonly transport = 'streamable-http';
    readonly #standalone: RequestStream;
    /** All streams with kept messages, the oldest first. */
    readonly #streams = new Map<number, RequestStream>();
    /** The streams that are open or can be resumed. */
    readonly #live = new Set<RequestStream>();
    #lastNumber = 0;
    /** The response to `initialize` and the id of its request, until the server has replied. */
    #opening: { id: RequestId | undefined; res: ServerResponse } | undefined;
    #protocolVersion: string | undefined;
    #isRefused = false;

    constructor(context: SessionContext, identity: SessionIdentity) {
        super(context, identity);
        this.#standalone = new RequestStream(this, 0, 0, false);
        this.#streams.set(0, this.#standalone);
    }

    /** The negotiated revision; undefined until the server has answered `initialize`. */
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

    /** Shorter without a stream: many clients never end their sessions, though they should (MCP 2025-11-25, Session Management). */
    get idleMs(): number {
        const { sessionIdleMs, streamlessIdleMs, unusedIdleMs } = this.limits;
        if (this.isOpen) return sessionIdleMs;
        return Math.min(sessionIdleMs, this.isUsed ? streamlessIdleMs : unusedIdleMs);
    }

    holders(): Iterable<RequestStream> {
        return this.#streams.values();
    }

    /** Takes the request that opens the session. */
    initialize(parsed: ReceivedMessage, extra: MessageExtraInfo, bytes: number, post: Post, res: ServerResponse): void {
        this.#opening = { id: replyTo(parsed), res };
        res.setHeader('Mcp-Session-Id', this.id);
        this.post([parsed], false, extra, bytes, post, res);
        this.timer.arm();
    }

    /**
     * Takes the messages of a POST. A repeated POST gets the answer of the first. Requests require their `post`.
     *
     * @returns `answering` if the response is under way, `accepted` if the POST has no request.
     */
    post(
        messages: readonly ReceivedMessage[],
        isBatch: boolean,
        extra: MessageExtraInfo,
        bytes: number,
        post: Post | undefined,
        res: ServerResponse
    ): 'accepted' | 'answering' | PostRefusal {
        if (this.hasEnded) return 'unknown-session';
        const ids = messages.map(replyTo).filter(id => id !== undefined);
        const repeated = isBatch ? findRepeated(ids) : undefined;
        if (repeated !== undefined) return { idTaken: repeated };
        if (post && ids.length > 0) {
            const recognition = this.recognize(post, ids);
            if (typeof recognition === 'number') return this.#answerAgain(recognition, res);
            if (recognition !== 'new') return recognition;
            const stream = this.#open(ids.length, isBatch);
            post.answerAt = stream.number;
            stream.answer(res);
        }
        for (const parsed of messages) this.take(parsed, extra, bytes, post);
        return ids.length > 0 ? 'answering' : 'accepted';
    }

    /** Opens the stream for messages that belong to no request, beginning with those that were not sent yet. */
    openStandalone(res: ServerResponse): void {
        this.timer.touch();
        this.noteUse();
        this.#standalone.attach(res, this.#standalone.queue.toResumePosition());
    }

    /** Continues a stream after the last event that its client received. If messages are lost, returns `lost`. */
    resume(res: ServerResponse, { stream: number = 0, position }: EventId): Resumption {
        this.timer.touch();
        const stream = this.#streams.get(number);
        if (!stream || position > stream.queue.log.last) return 'lost';
        if (!stream.queue.log.hasAllAfter(position)) {
            // A client can repeat a request, but not ask for a notification again.
            if (number === 0) this.end('replay-lost');
            return 'lost';
        }
        const waiting = stream.queue.log.last - position;
        if (stream.isComplete && waiting === 0) return 'complete';
        stream.attach(res, position);
        this.context.observer.resumed?.(this, waiting);
        return 'resumed';
    }

    /** Ends the response to a POST; without `post`, that of the standalone stream. The client may reconnect. */
    releaseStream(post: Post | undefined): void {
        const stream = post ? this.#streams.get(post.answerAt) : this.#standalone;
        stream?.release();
        this.timer.touch();
        this.timer.arm();
    }

    onAttached(stream: RequestStream, res: ServerResponse): void {
        this.context.onStream(res);
        this.context.observer.attached?.(this, res);
        // The whole stream may have been sent at once.
        if (!stream.queue.isOpen) return;
        this.#live.add(stream);
        this.timer.arm();
    }

    onDropped(stream: RequestStream, reason: DropReason): void {
        this.noteDropped(reason);
        if (stream.number > 0 && this.limits.resumeWindowMs === 0) this.#forget(stream);
        else this.#live.add(stream);
        this.timer.arm();
        this.checkSettled();
    }

    onSent(stream: RequestStream): void {
        if (stream.isDelivered) {
            this.#live.delete(stream);
            if (this.#isRefused) this.end('failed');
            else if (this.limits.resumeWindowMs === 0) this.#forget(stream);
            else this.makeRoom();
        }
        this.checkSettled();
    }

    onExpired(stream: RequestStream): void {
        const { length } = stream.queue.log;
        if (length > 0) this.context.observer.evicted?.(this, length);
        this.#forget(stream);
    }

    untilDue(now: number): number {
        let ms = this.limits.resumeWindowMs || Number.POSITIVE_INFINITY;
        for (const { queue } of this.#live) ms = Math.min(ms, queue.untilDue(now));
        return ms;
    }

    protected get isSettled(): boolean {
        for (const stream of this.#streams.values()) if (!stream.isSettled) return false;
        return true;
    }

    protected deliver(message: JSONRPCMessage, post: Post | undefined): number {
        const isReply = !('method' in message);
        if (isReply && this.#opening && message.id === this.#opening.id) this.#noteOutcome(message);
        let stream = post && this.#streams.get(post.answerAt);
        if (!stream) {
            // The client has been away for too long.
            if (isReply) return 0;
            stream = this.#standalone;
        }
        return stream.push(toJson(message), isReply);
    }

    protected onCancelled({ answerAt }: Post): void {
        this.#streams.get(answerAt)?.settleOne();
    }

    protected checkStreams(now: number): void {
        for (const stream of this.#live) {
            if (!stream.queue.tick(now)) continue;
            if (stream.number === 0) this.#live.delete(stream);
            else this.#forget(stream);
        }
        for (const stream of this.#streams.values()) stream.dropUntil(now - this.limits.resumeWindowMs);
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

    #forget(stream: RequestStream): void {
        stream.end();
        this.#live.delete(stream);
        this.#streams.delete(stream.number);
    }

    #answerAgain(answerAt: number, res: ServerResponse): 'answering' | 'answer-lost' {
        const stream = this.#streams.get(answerAt);
        stream?.answer(res);
        return stream ? 'answering' : 'answer-lost';
    }

    #noteOutcome(reply: JSONRPCMessage): void {
        const res = this.#opening?.res;
        this.#opening = undefined;
        if ('result' in reply) this.#protocolVersion = String(reply.result.protocolVersion);
        else {
            this.#isRefused = true;
            if (!res?.headersSent) res?.removeHeader('Mcp-Session-Id');
        }
    }
}

export function findRepeated(ids: readonly RequestId[]): RequestId | undefined {
    const seen = new Set<RequestId>();
    return ids.find(id => seen.size === seen.add(id).size);
}
