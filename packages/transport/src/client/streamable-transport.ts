import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { AbortGroup } from './http/abort-group.ts';
import { boundBody, isEventStream } from './http/bound-body.ts';
import { cleanStream } from './http/clean-stream.ts';
import { fetchAgain } from './http/fetch-again.ts';
import { RETRY_HEADER, toRetryError, toRetryKey } from './http/idempotency-key.ts';
import { repairMessage } from './http/parse-message.ts';
import { isRedirect, toRefusal } from './http/refusal.ts';
import type { ConnectionState } from './session/connection-state.ts';
import type { RenewableTransport, SendOptions } from './session/renewable-transport.ts';
import { repeatAfter, sleep, type Timing, toTiming } from './timing.ts';
import { describeFailure, nameOf, sessionGone, TransportError } from './transport-error.ts';

export interface StreamableTransportOptions extends Partial<Timing> {
    fetch?: FetchLike;
    /** Is told when the connection is down, and how it comes back. */
    onState?: (state: ConnectionState) => void;
    /** The server has no stream for what it says of its own accord, which is optional; once for each session. */
    onNoStream?: (reason: TransportError) => void;
}

interface Pending {
    options: SendOptions;
    /** When the server was last heard by the connection that is to bring the reply, in milliseconds of the clock. */
    heardAt: number;
}

/** A stream that lasts so long is of use though it brings no message, in milliseconds: some servers end idle ones. */
const USEFUL_STREAM_MS = 5000;

/** One transport of the SDK's, and what is on its way by it. */
interface Session {
    transport: Transport;
    ended: AbortGroup;
    /** Requests without a reply. */
    pending: Map<RequestId, Pending>;
    /** Where the streams of requests broke: an event's id, and the request whose reply was to come. */
    broken: Map<string, RequestId>;
    /** Whether a GET has opened a stream: a server that has none may answer 404, as if the session were unknown. */
    hadStream: boolean;
    isWithoutStream: boolean;
    /** How many streams in a row ended early and without a message. */
    uselessStreams: number;
}

/**
 * Streamable HTTP (MCP 2025-03-26 and later) by the SDK's `StreamableHTTPClientTransport`, which a session outlives: at
 * 404 to a request with `Mcp-Session-Id` another one is made (MCP, Session Management), and `onrenewed` tells. Requests
 * whose connection broke are made again.
 *
 * All of it is done in the `fetch` that the SDK's transport is given, where there are still statuses and headers.
 */
export class StreamableTransport implements RenewableTransport {
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: (message: JSONRPCMessage) => void;
    onrenewed?: () => void;
    onlost?: RenewableTransport['onlost'];
    readonly #open: (fetch: FetchLike) => Transport;
    readonly #fetch: FetchLike;
    readonly #timing: Timing;
    readonly #onState: ((state: ConnectionState) => void) | undefined;
    readonly #onNoStream: StreamableTransportOptions['onNoStream'];
    #isDown = false;
    #session: Session | undefined;
    /** Whether the server has answered a request: from then on a failure is a drop, with a session or without. */
    #wasAnswered = false;
    #closeReason: Error | undefined;
    #isClosed = false;

    /** @param open makes a transport that uses this `fetch`; called for each session. */
    constructor(open: (fetch: FetchLike) => Transport, options: StreamableTransportOptions = {}) {
        this.#open = open;
        const fetch: FetchLike = options.fetch ?? globalThis.fetch;
        this.#fetch = async (...asked) => boundBody(await fetch(...asked));
        this.#timing = toTiming(options);
        this.#onState = options.onState;
        this.#onNoStream = options.onNoStream;
    }

    get closeReason(): Error | undefined {
        return this.#closeReason;
    }

    async start(): Promise<void> {
        if (this.#session) throw new Error('This transport has been started before; make one for each client');
        await this.#begin();
    }

    /** @throws {TransportError} as `RenewableTransport` has it, and what the SDK's transport throws. */
    async send(message: JSONRPCMessage, options?: SendOptions): Promise<void> {
        const session = this.#session;
        if (!session || this.#isClosed) throw new TransportError('closed', 'not connected');
        const id = 'method' in message && 'id' in message ? message.id : undefined;
        if (id !== undefined) session.pending.set(id, { options: options ?? {}, heardAt: this.#timing.clock.now() });
        // Its stream then ends without a reply, as it should.
        if ('method' in message && message.method === 'notifications/cancelled') {
            session.pending.delete(message.params?.requestId as RequestId);
        }
        try {
            await session.transport.send(message);
        } catch (error) {
            // A reply that broke off before its end.
            if (!(error instanceof TypeError) || id === undefined || !this.#isPending(session, id)) throw error;
            this.#lose(session, id);
        }
    }

    async close(): Promise<void> {
        await this.#end();
    }

    setProtocolVersion(version: string): void {
        this.#session?.transport.setProtocolVersion?.(version);
    }

    async #begin(): Promise<void> {
        const ended = new AbortGroup();
        const transport = this.#open(async (url, init) => {
            try {
                return await this.#ask(session, new URL(url), init);
            } catch (error) {
                // The SDK's transport would open its stream again though it is closed; at 405 it lets it be.
                if (init?.method === 'GET' && ended.isAborted) return new Response(null, { status: 405 });
                throw error;
            }
        });
        const session: Session = {
            transport,
            ended,
            pending: new Map(),
            broken: new Map(),
            hadStream: false,
            isWithoutStream: false,
            uselessStreams: 0
        };
        this.#session = session;
        transport.onmessage = (message: JSONRPCMessage) => {
            if (!('method' in message) && message.id !== undefined) session.pending.delete(message.id);
            this.onmessage?.(message);
        };
        transport.onerror = error => {
            if (!ended.isAborted) this.onerror?.(error);
        };
        transport.onclose = () => {
            if (session === this.#session) void this.#end();
        };
        await transport.start();
    }

    async #ask(session: Session, url: URL, init: RequestInit = {}): Promise<Response> {
        const headers = new Headers(init.headers);
        const request = this.#requestOf(session, init, headers);
        const isOfSession = headers.has('mcp-session-id') && init.method !== 'DELETE';
        // A first connection that does not come about is told at once.
        if (!isOfSession && !this.#wasAnswered) {
            const response = await this.#fetch(url, init).catch(cause => {
                const message = `cannot reach ${nameOf(url)}: ${describeFailure(cause)}`;
                throw new TransportError('unreachable', message, { cause });
            });
            this.#wasAnswered = response.ok;
            return this.#watch(response, session, request, false);
        }
        const isPost = init.method === 'POST';
        const pending = isPost && request !== undefined ? session.pending.get(request) : undefined;
        const { mayRepeat = true, retryMs = 0, heardAt } = pending?.options ?? {};
        const ask = (isRetry: boolean) => {
            const isMarked = (heardAt !== undefined || isRetry) && retryMs > 0;
            if (isMarked && request !== undefined) headers.set(RETRY_HEADER, toRetryKey(request));
            return this.#fetch(url, { ...init, headers });
        };
        const asking = session.ended.run(async signal => {
            if (init.method === 'GET') await this.#waitForStream(session, signal);
            return await fetchAgain(ask, {
                url,
                timing: this.#timing,
                mayRepeat,
                retryMs,
                heardAt,
                signal,
                onUnanswered: (reason, retryInMs) => this.#onDown(session, reason, retryInMs)
            });
        });
        const { response, mayHaveArrived } = await asking.catch(error => this.#giveUp(error));
        const isWithout = response.status === 405 || (response.ok && !isEventStream(response));
        const isStream = init.method === 'GET' && !isRedirect(response);
        if (isStream && (isWithout || !session.hadStream)) return this.#toStream(response, session, url, request);
        // Some servers answer 400 where they do not know a session; to who is not down, for what the message says.
        const isGone = response.status === 404 || (response.status === 400 && this.#isDown);
        if (isGone && isOfSession) {
            await response.body?.cancel();
            this.#renew(session);
            throw sessionGone(mayHaveArrived);
        }
        const retryError = retryMs > 0 ? await toRetryError(response, url) : undefined;
        if (retryError) throw retryError;
        if (isPost && isRefusal(response)) throw await toRefusal(response, url, 'refused');
        if (response.ok) this.#onUp(session, { name: 'resumed' });
        return this.#watch(response, session, request, !isPost);
    }

    /**
     * Waits before a stream is opened, longer each time, while the streams before it ended at once and without a message.
     * The SDK's transport starts its own count anew with each answer.
     */
    async #waitForStream({ uselessStreams }: Session, signal: AbortSignal): Promise<void> {
        const { clock, random } = this.#timing;
        if (uselessStreams > 0) await sleep(repeatAfter(uselessStreams - 1, undefined, random), clock, signal);
    }

    /** The answer to a GET, which may say that there is no stream (MCP, Listening for Messages from the Server). */
    async #toStream(response: Response, session: Session, url: URL, request: RequestId | undefined): Promise<Response> {
        if (response.ok && isEventStream(response)) {
            session.hadStream = true;
            this.#onUp(session, { name: 'resumed' });
            return this.#watch(response, session, request, true);
        }
        const reason = await toRefusal(response, url, 'not-found');
        if (request !== undefined && this.#isPending(session, request)) this.#lose(session, request);
        if (!session.isWithoutStream && session === this.#session) this.#onNoStream?.(reason);
        session.isWithoutStream = true;
        // The SDK's transport takes this for a server without a stream, and does not ask again.
        return new Response(null, { status: 405 });
    }

    /** Where nobody has answered for so long, nothing else will be answered either. */
    #giveUp(error: unknown): never {
        if (error instanceof TransportError && error.code === 'unreachable' && error.status === undefined) {
            const { giveUpAfterMs } = this.#timing;
            const message = `${error.message}, and has not come back within ${giveUpAfterMs} ms`;
            void this.#end(new TransportError('gave-up', message, { cause: error }));
        }
        throw error;
    }

    /** The request whose reply is to come in the answer to this. */
    #requestOf(session: Session, { method, body }: RequestInit, headers: Headers): RequestId | undefined {
        if (method === 'POST' && typeof body === 'string') {
            const message = JSON.parse(body);
            return 'method' in message ? message.id : undefined;
        }
        const lastEventId = headers.get('last-event-id') ?? '';
        const request = session.broken.get(lastEventId);
        session.broken.delete(lastEventId);
        return request;
    }

    /** Sees to it that a request is not forgotten when the stream of its reply breaks, or is not resumed. */
    #watch(response: Response, session: Session, request: RequestId | undefined, isResumption: boolean): Response {
        if (!isEventStream(response)) {
            // A reply comes as JSON too, but never in answer to a resumption.
            if (isResumption && request !== undefined && this.#isPending(session, request))
                this.#lose(session, request);
            return response;
        }
        const pending = request === undefined ? undefined : session.pending.get(request);
        const openedAt = this.#timing.clock.now();
        let isUseful = false;
        let lastEventId: string | undefined;
        let retryMs: number | undefined;
        return cleanStream(response, {
            heard: () => {
                if (pending) pending.heardAt = this.#timing.clock.now();
            },
            event: (data, { id }) => {
                lastEventId = id ?? lastEventId;
                isUseful ||= data !== '';
                return data === '' ? data : this.#check(data);
            },
            retry: ms => {
                retryMs = ms;
            },
            ended: async tooLarge => {
                if (tooLarge) return await this.#end(tooLarge);
                isUseful ||= this.#timing.clock.now() - openedAt >= USEFUL_STREAM_MS;
                session.uselessStreams = isUseful ? 0 : session.uselessStreams + 1;
                // A reply that came with the end of its stream is still on its way through the SDK's parser.
                await new Promise(resolve => setTimeout(resolve));
                if (session !== this.#session || session.ended.isAborted) return;
                const isWanted = request === undefined || session.pending.has(request);
                if (isWanted) this.#onDown(session, new TransportError('unreachable', 'the stream ended'), retryMs);
                if (request === undefined || !isWanted) return;
                if (lastEventId === undefined) this.#lose(session, request);
                else session.broken.set(lastEventId, request);
            }
        });
    }

    /** The data of an event for the SDK's parser; undefined if it is not a message, which is reported. */
    #check(data: string): string | undefined {
        try {
            return repairMessage(data);
        } catch (error) {
            this.onerror?.(error as Error);
            return undefined;
        }
    }

    #lose(session: Session, request: RequestId): void {
        const heardAt = session.pending.get(request)?.heardAt ?? Number.NEGATIVE_INFINITY;
        this.onlost?.(request, heardAt);
    }

    #isPending(session: Session, request: RequestId): boolean {
        return session === this.#session && !this.#isClosed && session.pending.has(request);
    }

    #renew(session: Session): void {
        if (session !== this.#session || this.#isClosed) return;
        session.ended.abort(sessionGone(false));
        const begun = this.#begin();
        void session.transport.close();
        begun.then(
            () => {
                this.#isDown = true;
                if (this.#session) this.#onUp(this.#session, { name: 'renewed' });
                this.onrenewed?.();
            },
            error => this.#end(error)
        );
    }

    #onDown(session: Session, reason: Error, retryInMs?: number): void {
        if (this.#isDown || this.#isClosed || session !== this.#session) return;
        this.#isDown = true;
        this.#onState?.({ name: 'dropped', reason, ...(retryInMs !== undefined && { retryInMs }) });
    }

    #onUp(session: Session, state: ConnectionState): void {
        if (!this.#isDown || this.#isClosed || session !== this.#session) return;
        this.#isDown = false;
        this.#onState?.(state);
    }

    async #end(reason?: Error): Promise<void> {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.#closeReason = reason;
        this.#session?.ended.abort(reason ?? new TransportError('closed', 'the client has closed the connection'));
        await this.#session?.transport.close();
        if (reason) this.onerror?.(reason);
        this.onclose?.();
    }
}

/** Whether the server is there and does not take the message; of 401, 403 and redirects the SDK's transport knows more. */
function isRefusal(response: Response): boolean {
    return !response.ok && !isRedirect(response) && response.status !== 401 && response.status !== 403;
}
