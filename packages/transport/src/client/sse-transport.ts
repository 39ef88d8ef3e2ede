import { fetchWithinOrigin } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { ConnectionState, TraceEntry } from './connection-state.ts';
import { AbortGroup } from './http/abort-group.ts';
import { boundBody } from './http/bound-body.ts';
import { fetchAgain } from './http/fetch-again.ts';
import { createLimiter } from './http/limiter.ts';
import { parseMessage } from './http/parse-message.ts';
import { ReconnectingStream } from './http/reconnecting-stream.ts';
import { toRefusal } from './http/refusal.ts';
import type { RenewableTransport, SendOptions } from './session/renewable-transport.ts';
import { type Timing, toTiming } from './timing.ts';
import { isSessionGone, nameOf, sessionGone, TransportError } from './transport-error.ts';

export interface SseTransportOptions extends Partial<Timing> {
    /** Headers of each request, or a function that returns them, called for each request. */
    headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
    fetch?: typeof globalThis.fetch;
    /** How long the first connection may take to name its endpoint, in milliseconds. @default giveUpAfterMs */
    startTimeoutMs?: number;
    onState?: (state: ConnectionState) => void;
    /** Called for each event and each POST. */
    onTrace?: (entry: TraceEntry) => void;
}

/** Further POSTs wait: more connections to one server do not make it faster. */
const POSTS_AT_ONCE = 8;
/** Others may start after a POST has waited so long for its answer: some servers answer only after the reply. */
const POST_HOLDS_MS = 1000;

/** Where to post in one session, and the POSTs without an answer. */
interface Session {
    endpoint: URL;
    posts: AbortGroup;
}

/**
 * The client's side of HTTP+SSE (MCP 2024-11-05). A stream that drops is reopened with `Last-Event-ID`. If the server then
 * names the same endpoint, nothing was lost. If it names another one, the session is a new one: `onrenewed` reports
 * that, and a `SessionKeeper` lets the client continue in it.
 */
export class SseTransport implements RenewableTransport {
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: (message: JSONRPCMessage) => void;
    onrenewed?: () => void;
    /** Why it closed; undefined while it is open, and after `close()`. */
    closeReason: Error | undefined;
    readonly #url: URL;
    readonly #options: SseTransportOptions;
    readonly #timing: Timing;
    readonly #stream: ReconnectingStream;
    readonly #limit: ReturnType<typeof createLimiter>;
    #phase: 'new' | 'starting' | 'live' | 'closed' = 'new';
    #session: Session | undefined;
    #protocolVersion: string | undefined;
    #settleStart: { resolve(): void; reject(error: Error): void } | undefined;

    /** @param url of the event stream. */
    constructor(url: URL, options: SseTransportOptions = {}) {
        this.#url = url;
        this.#options = options;
        this.#timing = toTiming(options);
        this.#stream = new ReconnectingStream({
            url,
            timing: this.#timing,
            get: init => this.#fetch(url, init),
            event: (type, data) => this.#onEvent(type, data),
            session: endpoint => this.#onSession(endpoint),
            state: state => options.onState?.(state),
            failed: reason => this.#end(reason)
        });
        this.#limit = createLimiter(POSTS_AT_ONCE, POST_HOLDS_MS, this.#timing.clock, () => this.#stream.isDown);
    }

    /**
     * Opens the stream and waits for its endpoint. A failure is final: the transport does not try again.
     *
     * @throws {TransportError} that says how the server answered instead.
     */
    async start(): Promise<void> {
        if (this.#phase !== 'new') throw new Error('This transport has been started before; make one for each client');
        this.#phase = 'starting';
        await new Promise<void>((resolve, reject) => {
            this.#settleStart = { resolve, reject };
            this.#stream.open(this.#options.startTimeoutMs ?? this.#timing.giveUpAfterMs);
            this.#options.onState?.({ name: 'connecting' });
        });
    }

    /**
     * Posts a message, and repeats a POST whose connection broke.
     *
     * @throws {TransportError} `refused` with the server's words; `session-gone`; `answer-lost`; `outcome-unknown`; `unreachable`.
     */
    async send(message: JSONRPCMessage, options?: SendOptions): Promise<void> {
        if (this.#phase !== 'live') throw this.#closed();
        const session = this.#session;
        if (!session) throw sessionGone(false);
        const post = (signal: AbortSignal) => this.#post(message, session.endpoint, { ...options, signal });
        try {
            // A reply to the server is not limited: the server may need it before it answers the requests under way.
            await session.posts.run(signal => ('method' in message ? this.#limit(() => post(signal)) : post(signal)));
        } catch (error) {
            if (isSessionGone(error) && session === this.#session) {
                session.posts.abort(sessionGone(false));
                this.#session = undefined;
                this.#stream.renew();
            }
            throw error;
        }
    }

    /** Ends the stream and all POSTs. Idempotent. */
    async close(): Promise<void> {
        this.#end();
    }

    setProtocolVersion(version: string): void {
        this.#protocolVersion = version;
    }

    async #post(message: JSONRPCMessage, url: URL, options: SendOptions & { signal: AbortSignal }): Promise<void> {
        const body = JSON.stringify(message);
        this.#trace('sent', 'post', body);
        const { signal } = options;
        const post = (mark: Record<string, string>) => {
            const headers = { 'Content-Type': 'application/json', ...mark };
            return this.#fetch(url, { method: 'POST', headers, body, signal });
        };
        const response = await fetchAgain(post, {
            ...options,
            url,
            timing: this.#timing,
            requestId: 'method' in message && 'id' in message ? message.id : undefined,
            // Some servers answer 400 for an unknown session. While the stream is open, 400 is about the message.
            meansGone: status => status === 404 || (status === 400 && this.#stream.isDown)
        });
        if (!response.ok) throw await toRefusal(response, url, 'refused');
        // An unread body would keep its connection busy.
        await response.body?.cancel();
    }

    async #fetch(url: URL, init: RequestInit): Promise<Response> {
        const { headers = {}, fetch = globalThis.fetch } = this.#options;
        const merged = new Headers(init.headers);
        const given = typeof headers === 'function' ? await headers() : headers;
        for (const [name, value] of Object.entries(given)) merged.set(name, value);
        if (this.#protocolVersion !== undefined) merged.set('MCP-Protocol-Version', this.#protocolVersion);
        // Only within the origin: the headers, with the token in them, are for this server only.
        return boundBody(await fetchWithinOrigin(fetch)(url, { ...init, redirect: 'follow', headers: merged }));
    }

    #onSession(endpoint: URL): void {
        this.#session?.posts.abort(sessionGone(false));
        this.#session = { endpoint, posts: new AbortGroup() };
        if (this.#phase === 'starting') {
            this.#phase = 'live';
            this.#options.onState?.({ name: 'open' });
            this.#settleStart?.resolve();
        } else {
            this.#options.onState?.({ name: 'renewed' });
            this.onrenewed?.();
        }
    }

    #onEvent(type: 'endpoint' | 'message', data: string): void {
        this.#trace('received', type, data);
        if (type === 'endpoint') return;
        try {
            this.onmessage?.(parseMessage(data).message);
        } catch (error) {
            this.onerror?.(error as Error);
        }
    }

    #closed(): TransportError {
        const why = this.closeReason ? `: ${this.closeReason.message}` : '';
        return new TransportError('closed', `not connected to ${nameOf(this.#url)}${why}`);
    }

    /** Ends the connection once. Without a reason the client has closed it. */
    #end(reason?: Error): void {
        if (this.#phase === 'closed') return;
        this.#phase = 'closed';
        this.closeReason = reason;
        this.#stream.close();
        this.#session?.posts.abort(this.#closed());
        this.#session = undefined;
        this.#options.onState?.(reason ? { name: 'closed', reason } : { name: 'closed' });
        this.#settleStart?.reject(reason ?? this.#closed());
        if (reason) this.onerror?.(reason);
        this.onclose?.();
    }

    #trace(direction: TraceEntry['direction'], kind: TraceEntry['kind'], text: string): void {
        const { onTrace } = this.#options;
        if (!onTrace) return;
        const bytes = new TextEncoder().encode(text).length;
        onTrace({ at: this.#timing.clock.now(), direction, kind, text, bytes });
    }
}
