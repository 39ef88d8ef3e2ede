import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
    ErrorCode,
    type JSONRPCErrorResponse,
    type JSONRPCMessage,
    type JSONRPCNotification,
    type JSONRPCRequest,
    type JSONRPCResultResponse,
    type RequestId
} from '@modelcontextprotocol/sdk/types.js';
import { isSessionGone, SseClientError } from './client-error.ts';
import type { RenewableTransport } from './renewable-transport.ts';
import { ServerRequests } from './server-requests.ts';
import { SessionMemory } from './session-memory.ts';
import { type Timing, toTiming } from './timing.ts';

type Reply = JSONRPCResultResponse | JSONRPCErrorResponse;

/** A request that has no reply yet. */
interface InFlight {
    request: JSONRPCRequest;
    /** Whether the server may have begun with it. */
    mayHaveArrived: boolean;
    /** How often its reply's way has been lost. */
    losses: number;
}

/** A request whose reply's way is lost that often is given up. */
const MOST_LOSSES = 10;

/**
 * Makes a client outlive its session. It wraps a transport that says when the session is a new one, and then initializes
 * again, subscribes again, and repeats the requests in flight that may be repeated; the others fail at once. The client
 * above notices nothing of it, and the transport below knows nothing of MCP: that is why this is a wrapper, and not a
 * part of one of them.
 */
export class SessionKeeper implements Transport {
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: (message: JSONRPCMessage) => void;
    readonly #inner: RenewableTransport;
    readonly #timing: Timing;
    readonly #memory = new SessionMemory();
    readonly #serverRequests = new ServerRequests();
    readonly #inFlight = new Map<RequestId, InFlight>();
    /** Messages on their way to the server. */
    readonly #posts = new Set<Promise<unknown>>();
    /** Requests of the keeper's own. */
    readonly #asked = new Map<RequestId, (reply: Reply | Error) => void>();
    #askedSoFar = 0;
    /** Counts the sessions, so that work for one of them stops when the next begins. */
    #session = 0;
    #isRenewing = false;
    #isInitialized = false;
    #cancelDeadline: (() => void) | undefined;
    #closeReason: Error | undefined;
    #isClosed = false;

    constructor(inner: RenewableTransport, timing: Partial<Timing> = {}) {
        this.#inner = inner;
        this.#timing = toTiming(timing);
        inner.onmessage = message => this.#receive(message);
        inner.onerror = error => this.onerror?.(error);
        inner.onrenewed = () => void this.#renew();
        inner.onlost = (id, isKnown) => this.#onLost(id, isKnown);
        inner.onclose = () => this.#onClose();
    }

    /** Why it closed; undefined while it is open, and after `close()`. */
    get closeReason(): Error | undefined {
        return this.#inner.closeReason ?? this.#closeReason;
    }

    /** @throws what the transport below throws. */
    start(): Promise<void> {
        return this.#inner.start();
    }

    /** @throws what the transport below throws, but for `session-gone`. */
    async send(message: JSONRPCMessage): Promise<void> {
        if (!('method' in message)) return await this.#reply(message);
        if (!('id' in message)) return await this.#notify(message);
        const entry: InFlight = { request: message, mayHaveArrived: false, losses: 0 };
        this.#inFlight.set(message.id, entry);
        // While a new session is made ready, its requests wait with those of the old one.
        if (!this.#isRenewing) await this.#post(entry);
    }

    close(): Promise<void> {
        return this.#inner.close();
    }

    setProtocolVersion(version: string): void {
        this.#inner.setProtocolVersion?.(version);
    }

    async #post(entry: InFlight): Promise<void> {
        const { request, mayHaveArrived } = entry;
        entry.mayHaveArrived = true;
        const post = this.#inner.send(request, { mayRepeat: this.#memory.mayRepeat(request) });
        this.#posts.add(post);
        try {
            await post;
        } catch (error) {
            // The new session will see to it.
            if (isSessionGone(error)) entry.mayHaveArrived = mayHaveArrived || error.mayHaveArrived;
            else if (this.#inFlight.get(request.id) === entry) {
                this.#inFlight.delete(request.id);
                throw error;
            }
        } finally {
            this.#posts.delete(post);
        }
    }

    async #notify(message: JSONRPCNotification): Promise<void> {
        const { method, params } = message;
        if (method === 'notifications/cancelled') this.#inFlight.delete(params?.requestId as RequestId);
        if (method === 'notifications/initialized') {
            if (this.#isInitialized) return;
            this.#isInitialized = true;
        }
        // What it is about has gone with the old session.
        if (!this.#isRenewing) await this.#sendToSession(message);
    }

    async #reply(message: Reply): Promise<void> {
        const id = message.id === undefined ? undefined : this.#serverRequests.settle(message.id);
        if (id !== undefined) await this.#sendToSession({ ...message, id });
    }

    /** Sends what means something in this session only. */
    async #sendToSession(message: JSONRPCMessage): Promise<void> {
        try {
            await this.#inner.send(message);
        } catch (error) {
            if (!isSessionGone(error)) throw error;
        }
    }

    #receive(message: JSONRPCMessage): void {
        if ('method' in message) return this.onmessage?.(this.#serverRequests.receive(message));
        const { id } = message;
        if (id === undefined) return this.onmessage?.(message);
        const settle = this.#asked.get(id);
        if (settle) return settle(message);
        const entry = this.#inFlight.get(id);
        // A reply that came before, or to a request that was cancelled.
        if (!entry) return;
        this.#inFlight.delete(id);
        if ('result' in message) this.#memory.note(entry.request, message);
        this.onmessage?.(message);
    }

    async #renew(): Promise<void> {
        const session = ++this.#session;
        this.#isRenewing = true;
        this.#isInitialized = false;
        this.#serverRequests.renew();
        for (const settle of this.#asked.values()) settle(new Error('the session was renewed'));
        const { clock, giveUpAfterMs } = this.#timing;
        this.#cancelDeadline ??= clock.schedule(() => {
            this.#fail(`no new session was ready within ${giveUpAfterMs} ms`);
        }, giveUpAfterMs);
        // Only then is it known which requests the old session may have taken.
        await Promise.allSettled(this.#posts);
        if (session !== this.#session || this.#isClosed) return;
        this.#failUnrepeatable();
        try {
            await this.#initialize();
        } catch (error) {
            if (session === this.#session) this.#fail((error as Error).message);
            return;
        }
        if (session !== this.#session || this.#isClosed) return;
        this.#isRenewing = false;
        this.#cancelDeadline?.();
        this.#cancelDeadline = undefined;
        this.#goOn();
    }

    #failUnrepeatable(): void {
        for (const entry of this.#inFlight.values()) {
            if (!entry.mayHaveArrived || this.#memory.mayRepeat(entry.request)) continue;
            const what = `while tools/call ${JSON.stringify(entry.request.params?.name)} was in flight`;
            const why = 'the server has no memory of the session, and it is not known whether the tool ran';
            this.#answer(entry, new SseClientError('outcome-unknown', `the stream dropped ${what}: ${why}`));
        }
    }

    /** Shakes hands with the new session, as the client did with the first. */
    async #initialize(): Promise<void> {
        const { handshake } = this.#memory;
        // The client's own initialize is in flight still, and is repeated with the others.
        if (!handshake) return;
        const reply = await this.#ask('initialize', handshake.params);
        if ('error' in reply) throw new Error(`the server refuses to initialize again: ${reply.error.message}`);
        const { protocolVersion } = reply.result;
        if (protocolVersion !== handshake.protocolVersion) {
            const change = `speaks ${String(protocolVersion)}, and spoke ${handshake.protocolVersion} before`;
            throw new Error(`the server came back as another one: it ${change}`);
        }
        this.#inner.setProtocolVersion?.(handshake.protocolVersion);
        this.#isInitialized = true;
        await this.#sendToSession({ jsonrpc: '2.0', method: 'notifications/initialized' });
    }

    #goOn(): void {
        const report = (error: unknown) => this.onerror?.(error as Error);
        for (const { method, params } of this.#memory.toRestore) {
            const check = (reply: Reply) => {
                if ('error' in reply)
                    report(new Error(`${method} was refused in the new session: ${reply.error.message}`));
            };
            this.#ask(method, params).then(check, report);
        }
        for (const entry of this.#inFlight.values()) this.#repeat(entry);
    }

    #repeat(entry: InFlight): void {
        this.#post(entry).catch(error => this.#answer(entry, error));
    }

    /** Sends a request of the keeper's own; the client never sees the reply. */
    async #ask(method: string, params: JSONRPCRequest['params']): Promise<Reply> {
        const id = `session-keeper-${++this.#askedSoFar}`;
        const reply = new Promise<Reply>((resolve, reject) => {
            this.#asked.set(id, reply => (reply instanceof Error ? reject(reply) : resolve(reply)));
        });
        try {
            const sent = this.#inner.send({ jsonrpc: '2.0', id, method, ...(params && { params }) });
            // A session that is gone says so by `onrenewed`, which ends the waiting.
            const failed = sent.then(
                () => reply,
                error => (isSessionGone(error) ? reply : Promise.reject(error))
            );
            return await Promise.race([reply, failed]);
        } finally {
            this.#asked.delete(id);
        }
    }

    #onLost(id: RequestId, isKnown: boolean): void {
        const entry = this.#inFlight.get(id);
        if (!entry || this.#isRenewing) return;
        entry.losses++;
        const mayRepeat = isKnown || this.#memory.mayRepeat(entry.request);
        if (mayRepeat && entry.losses < MOST_LOSSES) return this.#repeat(entry);
        const message = `the connection broke before ${entry.request.method} was answered: it is not known whether it ran`;
        this.#answer(entry, new SseClientError('outcome-unknown', message));
    }

    /** Answers a request in the server's place. */
    #answer({ request }: InFlight, reason: Error): void {
        this.#inFlight.delete(request.id);
        const code = reason instanceof SseClientError ? { data: { code: reason.code } } : {};
        const error = { code: ErrorCode.ConnectionClosed, message: reason.message, ...code };
        this.onmessage?.({ jsonrpc: '2.0', id: request.id, error });
    }

    #fail(message: string): void {
        this.#closeReason = new SseClientError('not-renewed', message);
        void this.#inner.close();
    }

    #onClose(): void {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.#cancelDeadline?.();
        const reason = this.closeReason;
        for (const settle of this.#asked.values()) settle(reason ?? new Error('closed'));
        // Without a reason the client has closed it itself, and knows what it has given up.
        if (reason) for (const entry of this.#inFlight.values()) this.#answer(entry, reason);
        this.#inFlight.clear();
        if (this.#closeReason) this.onerror?.(this.#closeReason);
        this.onclose?.();
    }
}
