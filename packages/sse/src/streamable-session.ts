import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { type EventId, toJson } from './framing.ts';
import type { DropReason } from './observer.ts';
import type { ParsedMessage } from './parse-message.ts';
import { Session, type SessionContext, type SessionIdentity } from './session.ts';
import { SessionStream, type StreamOwner } from './session-stream.ts';

/** What became of what was posted; `answering` has a response under way, `accepted` wants no reply. */
export type PostReception = 'accepted' | 'answering' | 'known-in-part' | 'too-many-requests' | 'unknown-session';

/** What became of a client that came back; `complete` if there is no more to send, ever. */
export type Resumption = 'resumed' | 'complete' | 'lost';

/** The first revision whose clients understand an event without data. */
const PRIMING_SINCE = '2025-11-25';

/** A session of Streamable HTTP (MCP 2025-03-26 to 2025-11-25). It lives without any stream, and has many. */
export class StreamableSession extends Session implements StreamOwner {
    readonly transport = 'streamable-http';
    readonly #standalone: SessionStream;
    /** All streams that something is kept of, in order of age. */
    readonly #streams = new Map<number, SessionStream>();
    /** Those of them that are open, or that a client may come back to for more. */
    readonly #live = new Set<SessionStream>();
    readonly #byRequest = new Map<RequestId, SessionStream>();
    #lastNumber = 0;
    #initializeId: RequestId | undefined;
    #protocolVersion: string | undefined;
    #isRefused = false;
    #isNamed = false;

    constructor(context: SessionContext, identity: SessionIdentity) {
        super(context, identity);
        this.#standalone = new SessionStream(this, 0, new Set(), false);
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
        for (const { outbox } of this.#live) if (outbox.isOpen) return true;
        return false;
    }

    /** Takes the request that opens the session. */
    initialize(parsed: NonNullable<ParsedMessage>, extra: MessageExtraInfo, bytes: number, res: ServerResponse): void {
        this.#initializeId = replyTo(parsed);
        this.post([parsed], false, extra, bytes, res);
        this.arm();
    }

    /** Takes what was posted. A client that repeats a request whose POST broke is given the answer of the first. */
    post(
        messages: readonly NonNullable<ParsedMessage>[],
        isBatch: boolean,
        extra: MessageExtraInfo,
        bytes: number,
        res: ServerResponse
    ): PostReception {
        if (this.hasEnded) return 'unknown-session';
        const requests = new Set<RequestId>();
        for (const parsed of messages) {
            const id = replyTo(parsed);
            if (id !== undefined) requests.add(id);
        }
        const known = this.#findAny(requests);
        if (known) {
            for (const id of requests) if (this.#byRequest.get(id) !== known) return 'known-in-part';
            this.touch();
            known.answer(res);
            return 'answering';
        }
        if (this.inFlight + requests.size > this.limits.maxInFlight) return 'too-many-requests';
        if (requests.size > 0) this.#open(requests, isBatch).answer(res);
        for (const parsed of messages) this.take(parsed, extra, bytes);
        return requests.size > 0 ? 'answering' : 'accepted';
    }

    /** Opens the stream for what belongs to no request, beginning with what no client has had. */
    openStandalone(res: ServerResponse): void {
        this.touch();
        this.#standalone.attach(res, this.#standalone.outbox.toResumePosition());
    }

    /** Goes on with a stream where its client has lost it. Where something is missing, the client must know. */
    resume(res: ServerResponse, { stream: number = 0, position }: EventId): Resumption {
        this.touch();
        const stream = this.#streams.get(number);
        if (!stream || position > stream.outbox.last) return 'lost';
        if (!stream.outbox.canResumeAfter(position)) {
            // What is pushed cannot be asked for again, as a request can.
            if (number === 0) this.end('replay-lost');
            return 'lost';
        }
        const waiting = stream.outbox.last - position;
        if (stream.isComplete && waiting === 0) return 'complete';
        stream.attach(res, position);
        this.context.observer.resumed?.(this, waiting);
        return 'resumed';
    }

    /** Ends the connection of a request's stream, or of the one for no request; its client comes back when it likes. */
    releaseStream(id: RequestId | undefined): void {
        const stream = id === undefined ? this.#standalone : this.#byRequest.get(id);
        stream?.release();
        this.arm();
    }

    /** Names the session to its client, unless it has been refused. */
    onAnswer(res: ServerResponse): void {
        if (!this.#isNamed && !this.#isRefused) res.setHeader('Mcp-Session-Id', this.id);
        this.#isNamed = true;
    }

    onAttached(stream: SessionStream, res: ServerResponse): void {
        this.context.onStream(res);
        // All of it may have gone out at once.
        if (!stream.outbox.isOpen) return;
        this.#live.add(stream);
        this.arm();
    }

    onDropped(stream: SessionStream, reason: DropReason): void {
        this.tellDropped(reason);
        if (stream.number > 0 && this.limits.resumeWindowMs === 0) this.onForgotten(stream);
        else this.#live.add(stream);
        this.arm();
        this.checkSettled();
    }

    onDelivered(stream: SessionStream): void {
        this.#live.delete(stream);
        if (this.#isRefused) this.end('failed');
        else if (this.limits.resumeWindowMs === 0) this.onForgotten(stream);
    }

    onGivenUp(stream: SessionStream): void {
        this.context.observer.evicted?.(this, stream.outbox.length);
        this.onForgotten(stream);
    }

    onForgotten(stream: SessionStream): void {
        this.#live.delete(stream);
        this.#streams.delete(stream.number);
        for (const id of stream.requests) {
            if (this.#byRequest.get(id) === stream) this.#byRequest.delete(id);
        }
        stream.forget();
    }

    protected get isSettled(): boolean {
        for (const stream of this.#streams.values()) if (!stream.isSettled) return false;
        return true;
    }

    protected deliver(message: JSONRPCMessage, requestId: RequestId | undefined): number {
        const isReply = !('method' in message);
        if (isReply && message.id === this.#initializeId) this.#noteOutcome(message);
        let stream = requestId === undefined ? this.#standalone : this.#byRequest.get(requestId);
        if (!stream || stream.isComplete) {
            // Its client has cancelled the request, or has been away for too long.
            if (isReply) return 0;
            stream = this.#standalone;
        }
        return stream.push(toJson(message), isReply);
    }

    /** Repeated requests are found before they are taken. */
    protected hasAnswerTo(): boolean {
        return false;
    }

    protected onCancelled(id: RequestId): void {
        this.#byRequest.get(id)?.cancelOne();
    }

    protected untilDue(now: number): number {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        let ms = resumeWindowMs > 0 ? resumeWindowMs : Number.POSITIVE_INFINITY;
        for (const { outbox } of this.#live) {
            ms = Math.min(ms, (outbox.isOpen ? heartbeatMs : resumeWindowMs) - outbox.silence(now));
        }
        return ms;
    }

    protected onTick(now: number): void {
        const { heartbeatMs, resumeWindowMs } = this.limits;
        for (const stream of this.#live) {
            const silence = stream.outbox.silence(now);
            if (stream.outbox.isOpen) {
                if (silence >= heartbeatMs) stream.outbox.keepAlive();
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
        this.#byRequest.clear();
    }

    #open(requests: ReadonlySet<RequestId>, isBatch: boolean): SessionStream {
        this.#lastNumber++;
        const stream = new SessionStream(this, this.#lastNumber, requests, isBatch);
        this.#streams.set(stream.number, stream);
        for (const id of requests) this.#byRequest.set(id, stream);
        return stream;
    }

    #findAny(requests: ReadonlySet<RequestId>): SessionStream | undefined {
        for (const id of requests) {
            const stream = this.#byRequest.get(id);
            if (stream) return stream;
        }
        return undefined;
    }

    #noteOutcome(reply: JSONRPCMessage): void {
        this.#initializeId = undefined;
        if ('result' in reply) this.#protocolVersion = String(reply.result.protocolVersion);
        else this.#isRefused = true;
    }
}

/** The request that will get a reply, if it is one. */
function replyTo(parsed: NonNullable<ParsedMessage>): RequestId | undefined {
    if (parsed.kind === 'bad-params') return parsed.id;
    const { message } = parsed;
    return 'method' in message && 'id' in message ? message.id : undefined;
}
