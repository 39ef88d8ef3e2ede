import { fetchWithinOrigin } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { AbortGroup } from './http/abort-group.ts';
import { boundBody } from './http/bound-body.ts';
import { toRetryKey } from './http/idempotency-key.ts';
import { createLimiter } from './http/limiter.ts';
import { parseMessage } from './http/parse-message.ts';
import { postMessage } from './http/post-message.ts';
import { openEventStream } from './http/sse-connection.ts';
import type { ConnectionState, TraceEntry } from './session/connection-state.ts';
import type { RenewableTransport, SendOptions } from './session/renewable-transport.ts';
import { backoff, boundWait, LONGEST_WAIT_MS, type Timing, toTiming } from './timing.ts';
import { isSessionGone, nameOf, sessionGone, TransportError, type TransportErrorCode } from './transport-error.ts';

export interface SseTransportOptions extends Partial<Timing> {
    /** Headers of each request, or what tells them: a token may change from one request to the next. */
    headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
    fetch?: typeof globalThis.fetch;
    /** How long a first connection may take until its endpoint is named, in milliseconds. @default giveUpAfterMs */
    startTimeoutMs?: number;
    onState?: (state: ConnectionState) => void;
    /** Is told of each event and each POST. */
    onTrace?: (entry: TraceEntry) => void;
}

/** How long to wait after a drop if the server has not said so by `retry`, in milliseconds. */
const DEFAULT_RETRY_MS = 1000;

/** More connections than that to one server bring no more. */
const POSTS_AT_ONCE = 8;
/** A POST that is not answered for so long does not keep others back: some servers answer after the reply only. */
const POST_HOLDS_MS = 1000;

/** What will not be any better at the next attempt. A server that restarts may well answer 404 for a moment. */
const FINAL = new Set<TransportErrorCode>(['unauthorized', 'redirected', 'ended', 'too-large']);

/** Where to post in one session, and what is on its way there. */
interface Session {
    endpoint: URL;
    posts: AbortGroup;
}

/**
 * The client's side of HTTP+SSE (MCP 2024-11-05). A stream that drops is opened again with `Last-Event-ID`. If the server
 * then names the same endpoint, nothing was lost; if it names another one, the session is a new one, which `onrenewed`
 * tells: a `SessionKeeper` makes that one go on where the old one was.
 */
export class SseTransport implements RenewableTransport {
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: (message: JSONRPCMessage) => void;
    onrenewed?: () => void;
    readonly #url: URL;
    readonly #options: SseTransportOptions;
    readonly #timing: Timing;
    readonly #limit: ReturnType<typeof createLimiter>;
    #phase: 'new' | 'starting' | 'live' | 'closed' = 'new';
    #closeReason: Error | undefined;
    #session: Session | undefined;
    #protocolVersion: string | undefined;
    #lastEventId = '';
    #retryMs = DEFAULT_RETRY_MS;
    /** How many attempts have come to nothing since a stream was last of use. */
    #attempts = 0;
    /** Whether the session was gone already, with nothing heard since. */
    #wasGone = false;
    #isDown = false;
    /** When the stream named its endpoint, by the clock. */
    #openedAt: number | undefined;
    #closeStream = () => {};
    #cancelRetry = () => {};
    #cancelDeadline: (() => void) | undefined;
    #settleStart: { resolve(): void; reject(error: Error): void } | undefined;

    /** @param url of the event stream. */
    constructor(url: URL, options: SseTransportOptions = {}) {
        this.#url = url;
        this.#options = options;
        this.#timing = toTiming(options);
        this.#limit = createLimiter(POSTS_AT_ONCE, POST_HOLDS_MS, this.#timing.clock, () => this.#isDown);
    }

    get closeReason(): Error | undefined {
        return this.#closeReason;
    }

    /**
     * Opens the stream and waits for its endpoint. When that fails it fails for good: nothing goes on behind it.
     *
     * @throws {TransportError} that says what is there instead of a server.
     */
    async start(): Promise<void> {
        if (this.#phase !== 'new') throw new Error('This transport has been started before; make one for each client');
        this.#phase = 'starting';
        await new Promise<void>((resolve, reject) => {
            this.#settleStart = { resolve, reject };
            this.#armDeadline();
            this.#tell({ name: 'connecting' });
            this.#connect();
        });
    }

    /**
     * Posts a message, again when its POST broke.
     *
     * @throws {TransportError} `refused` with the server's words; `session-gone`; `answer-lost`; `outcome-unknown`; `unreachable`.
     */
    async send(message: JSONRPCMessage, options?: SendOptions): Promise<void> {
        if (this.#phase !== 'live') throw this.#closed();
        const session = this.#session;
        if (!session) throw sessionGone(false);
        const { mayRepeat = true, retryMs = 0, heardAt } = options ?? {};
        const isMarkable = retryMs > 0 && 'method' in message && 'id' in message;
        const retryKey = isMarkable ? toRetryKey(message.id) : undefined;
        const text = JSON.stringify(message);
        const { endpoint, posts } = session;
        const post = (signal: AbortSignal) => {
            this.#trace('sent', 'post', text);
            const fetch = (init: RequestInit) => this.#fetch(endpoint, init);
            // Some servers answer 400 where they do not know a session. While the stream is open they do.
            const meansGone = (status: number) => status === 404 || (status === 400 && this.#isDown);
            return postMessage(text, {
                url: endpoint,
                timing: this.#timing,
                mayRepeat,
                retryMs,
                heardAt,
                retryKey,
                signal,
                fetch,
                meansGone
            });
        };
        try {
            // The server may wait for this reply before it answers what takes up the places.
            await posts.run(signal => ('method' in message ? this.#limit(() => post(signal)) : post(signal)));
        } catch (error) {
            if (isSessionGone(error) && session === this.#session) this.#onSessionGone();
            throw error;
        }
    }

    /** Ends the stream and whatever is on its way. Idempotent. */
    async close(): Promise<void> {
        this.#end();
    }

    setProtocolVersion(version: string): void {
        this.#protocolVersion = version;
    }

    #connect(): void {
        const get = (init: RequestInit) =>
            this.#fetch(this.#url, init, this.#lastEventId === '' ? {} : { 'Last-Event-ID': this.#lastEventId });
        this.#closeStream = openEventStream(this.#url, get, {
            event: (type, data, id) => {
                this.#trace('received', type, data);
                if (type === 'endpoint') this.#onEndpoint(data);
                else this.#onMessage(data);
                // Only now: what threw or closed is not to be skipped by a resumption.
                if (id !== '') this.#lastEventId = id;
            },
            retry: ms => {
                this.#retryMs = ms;
            },
            ended: error => this.#onStreamEnded(error)
        });
    }

    async #fetch(url: URL, init: RequestInit, own: Record<string, string> = {}): Promise<Response> {
        const { headers = {}, fetch = globalThis.fetch } = this.#options;
        const merged = new Headers(init.headers);
        if (this.#protocolVersion !== undefined) own['MCP-Protocol-Version'] = this.#protocolVersion;
        const given = typeof headers === 'function' ? await headers() : headers;
        for (const [name, value] of [...Object.entries(given), ...Object.entries(own)]) merged.set(name, value);
        // Only within the origin: the headers, and the token in them, are meant for this server and for no other.
        return boundBody(await fetchWithinOrigin(fetch)(url, { ...init, redirect: 'follow', headers: merged }));
    }

    #onEndpoint(data: string): void {
        let endpoint: URL;
        try {
            endpoint = new URL(data, this.#url);
        } catch {
            return this.#end(
                new TransportError('not-a-stream', `${nameOf(this.#url)} names an endpoint that is no URL`)
            );
        }
        if (endpoint.origin !== this.#url.origin) {
            const message = `${nameOf(this.#url)} names an endpoint of another origin, ${endpoint.origin}`;
            return this.#end(new TransportError('not-a-stream', message));
        }
        this.#cancelDeadline?.();
        this.#cancelDeadline = undefined;
        this.#isDown = false;
        this.#openedAt = this.#timing.clock.now();
        if (this.#session?.endpoint.href === endpoint.href) {
            this.#wasGone = false;
            return this.#tell({ name: 'resumed' });
        }
        this.#session?.posts.abort(sessionGone(false));
        this.#session = { endpoint, posts: new AbortGroup() };
        // Ids of the old session say nothing in this one.
        this.#lastEventId = '';
        if (this.#phase === 'starting') {
            this.#phase = 'live';
            this.#tell({ name: 'open' });
            this.#settleStart?.resolve();
        } else {
            this.#tell({ name: 'renewed' });
            this.onrenewed?.();
        }
    }

    #onMessage(data: string): void {
        this.#attempts = 0;
        this.#wasGone = false;
        try {
            this.onmessage?.(parseMessage(data));
        } catch (error) {
            this.onerror?.(error as Error);
        }
    }

    #onStreamEnded(error: TransportError): void {
        if (this.#phase === 'closed') return;
        const isFinal = this.#phase === 'starting' || FINAL.has(error.code);
        if (isFinal) return this.#end(error);
        // A stream that only opens is of no use, unless it stays: one that drops at once is not opened again at once.
        const openMs = this.#openedAt === undefined ? 0 : this.#timing.clock.now() - this.#openedAt;
        if (openMs >= LONGEST_WAIT_MS) this.#attempts = 0;
        this.#openedAt = undefined;
        this.#reconnect(error, { askedMs: error.retryAfterMs });
    }

    /** The server does not know the endpoint any more, whatever the stream looks like. */
    #onSessionGone(): void {
        this.#session?.posts.abort(sessionGone(false));
        this.#session = undefined;
        this.#lastEventId = '';
        this.#closeStream();
        this.#cancelRetry();
        // Who says so is there; only one that says it again and again is not to be asked without a pause.
        this.#reconnect(sessionGone(false), { isAtOnce: !this.#wasGone });
        this.#wasGone = true;
    }

    #reconnect(
        reason: Error,
        { askedMs = 0, isAtOnce = false }: { askedMs?: number | undefined; isAtOnce?: boolean }
    ): void {
        this.#isDown = true;
        this.#armDeadline();
        const plannedMs = backoff(this.#attempts, this.#retryMs, this.#timing.random);
        const planned = isAtOnce ? 0 : boundWait(Math.max(askedMs, plannedMs));
        // However long the server says, there has to be an attempt before the time is up.
        const retryInMs = Math.min(planned, this.#timing.giveUpAfterMs / 2);
        this.#attempts++;
        this.#cancelRetry = this.#timing.clock.schedule(() => this.#connect(), retryInMs);
        this.#tell({ name: 'dropped', reason, retryInMs });
    }

    #armDeadline(): void {
        const { clock, giveUpAfterMs } = this.#timing;
        const isFirst = this.#phase === 'starting';
        const limitMs = isFirst ? (this.#options.startTimeoutMs ?? giveUpAfterMs) : giveUpAfterMs;
        this.#cancelDeadline ??= clock.schedule(() => {
            const failure = isFirst ? 'named no endpoint' : 'did not come back';
            const message = `${nameOf(this.#url)} ${failure} within ${limitMs} ms`;
            this.#end(new TransportError(isFirst ? 'not-a-stream' : 'gave-up', message));
        }, limitMs);
    }

    #closed(): TransportError {
        const why = this.#closeReason ? `: ${this.#closeReason.message}` : '';
        return new TransportError('closed', `not connected to ${nameOf(this.#url)}${why}`);
    }

    /** Ends everything, once, for a reason or by the client's wish. */
    #end(reason?: Error): void {
        if (this.#phase === 'closed') return;
        this.#phase = 'closed';
        this.#closeReason = reason;
        this.#closeStream();
        this.#cancelRetry();
        this.#cancelDeadline?.();
        this.#session?.posts.abort(this.#closed());
        this.#session = undefined;
        this.#tell(reason ? { name: 'closed', reason } : { name: 'closed' });
        this.#settleStart?.reject(reason ?? this.#closed());
        if (reason) this.onerror?.(reason);
        this.onclose?.();
    }

    #tell(state: ConnectionState): void {
        this.#options.onState?.(state);
    }

    #trace(direction: TraceEntry['direction'], kind: TraceEntry['kind'], text: string): void {
        const { onTrace } = this.#options;
        if (!onTrace) return;
        const bytes = new TextEncoder().encode(text).length;
        onTrace({ at: this.#timing.clock.now(), direction, kind, text, bytes });
    }
}
