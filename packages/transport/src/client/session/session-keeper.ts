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
import { LONGEST_WAIT_MS, repeatAfter, type Timing, toTiming } from '../timing.ts';
import { isSessionGone, OUTCOME_UNKNOWN, TransportError } from '../transport-error.ts';
import type { RenewableTransport } from './renewable-transport.ts';
import { ServerRequests } from './server-requests.ts';
import { SessionMemory } from './session-memory.ts';

type Reply = JSONRPCResultResponse | JSONRPCErrorResponse;

/** A request that has no reply yet. */
interface InFlight {
    request: JSONRPCRequest;
    /** Whether the server may have begun with it. */
    mayHaveArrived: boolean;
    /** How often the connection or the session that should have brought its reply was lost. */
    losses: number;
}

/** A request that was lost that often is given up. */
const MOST_LOSSES = 5;
/** The same for a call of a tool that may not run twice, which is repeated only where the server did not take it. */
const MOST_LOSSES_UNREPEATABLE = 2;
/** That many sessions in a row that end before they are of use are given up. */
const MOST_USELESS_SESSIONS = 5;

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
    /** The negotiated protocol version; undefined until the session is initialized. */
    protocolVersion: string | undefined;
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
    /** How many sessions in a row have ended with nothing but the handshake answered. */
    #useless = 0;
    /** When the session began, by the clock. */
    #begunAt = 0;
    readonly #pauses = new Set<() => void>();
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
        inner.onlost = (id, heardAt) => this.#onLost(id, heardAt);
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
        this.protocolVersion = version;
        this.#inner.setProtocolVersion?.(version);
    }

    async #post(entry: InFlight, heardAt?: number): Promise<void> {
        const { request, mayHaveArrived } = entry;
        entry.mayHaveArrived = true;
        const mayRepeat = this.#memory.mayRepeat(request);
        const { retryMs } = this.#memory;
        const post = this.#inner.send(request, { mayRepeat, retryMs, ...(heardAt !== undefined && { heardAt }) });
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
        // What the keeper itself has asked says only that the server can shake hands.
        const isOwn = !('method' in message) && message.id !== undefined && this.#asked.has(message.id);
        if (!isOwn) this.#useless = 0;
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
        const { clock, giveUpAfterMs, random } = this.#timing;
        if (clock.now() - this.#begunAt >= LONGEST_WAIT_MS) this.#useless = 0;
        this.#begunAt = clock.now();
        this.#isRenewing = true;
        this.#isInitialized = false;
        this.#memory.noteCapabilities(undefined);
        this.#serverRequests.renew();
        for (const settle of this.#asked.values()) settle(new Error('the session was renewed'));
        if (this.#useless === MOST_USELESS_SESSIONS) {
            return this.#fail(
                `the server has ended ${MOST_USELESS_SESSIONS} sessions in a row before they were of use`
            );
        }
        const pauseMs = this.#useless === 0 ? 0 : repeatAfter(this.#useless, undefined, random);
        this.#useless++;
        this.#cancelDeadline ??= clock.schedule(() => {
            this.#fail(`no new session was ready within ${giveUpAfterMs} ms`);
        }, giveUpAfterMs);
        // Only then is it known which requests the old session may have taken.
        await Promise.allSettled(this.#posts);
        if (session !== this.#session || this.#isClosed) return;
        this.#failLost();
        try {
            if (pauseMs > 0) await this.#pause(pauseMs);
            if (session !== this.#session || this.#isClosed) return;
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

    /** Answers the requests that the new session must not be asked again, or not once more. */
    #failLost(): void {
        for (const entry of this.#inFlight.values()) {
            const mayRepeat = this.#memory.mayRepeat(entry.request);
            const what = nameOf(entry.request);
            if (entry.mayHaveArrived && !mayRepeat) {
                const why = `the server has no memory of the session, and ${OUTCOME_UNKNOWN}`;
                const message = `the stream dropped while ${what} was in flight: ${why}`;
                this.#answer(entry, new TransportError('outcome-unknown', message));
            } else if (++entry.losses >= (mayRepeat ? MOST_LOSSES : MOST_LOSSES_UNREPEATABLE)) {
                const message = `${what} ended ${entry.losses} sessions in a row: to each request the server said that it does not know the session`;
                this.#answer(entry, new TransportError('session-gone', message));
            }
        }
    }

    /** Shakes hands with the new session, as the client did with the first. */
    async #initialize(): Promise<void> {
        const { handshake } = this.#memory;
        // The client's own initialize is in flight still, and is repeated with the others.
        if (!handshake) return;
        const reply = await this.#ask('initialize', handshake.params);
        if ('error' in reply) throw new Error(`the server refuses to initialize again: ${reply.error.message}`);
        const { protocolVersion, capabilities } = reply.result;
        this.#memory.noteCapabilities(capabilities);
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

    #repeat(entry: InFlight, heardAt?: number): void {
        this.#post(entry, heardAt).catch(error => this.#answer(entry, error));
    }

    /** A server that breaks each connection at once is not asked again at once. */
    async #repeatLater(entry: InFlight, heardAt: number): Promise<void> {
        const session = this.#session;
        // The first loss is an accident.
        const pauseMs = entry.losses === 1 ? 0 : repeatAfter(entry.losses - 1, undefined, this.#timing.random);
        if (pauseMs > 0) await this.#pause(pauseMs);
        const isInFlight = this.#inFlight.get(entry.request.id) === entry;
        if (isInFlight && session === this.#session && !this.#isRenewing) this.#repeat(entry, heardAt);
    }

    /** Settles after that time, and never if the connection closes before. */
    #pause(ms: number): Promise<void> {
        return new Promise(resolve => {
            const cancel = this.#timing.clock.schedule(() => {
                this.#pauses.delete(cancel);
                resolve();
            }, ms);
            this.#pauses.add(cancel);
        });
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

    #onLost(id: RequestId, heardAt: number): void {
        const entry = this.#inFlight.get(id);
        if (!entry || this.#isRenewing) return;
        entry.losses++;
        // The server remembers a request for some time from its answer, which it gave no earlier than it was last heard.
        const isRecognized = this.#timing.clock.now() < heardAt + this.#memory.retryMs;
        const mayRepeat = isRecognized || this.#memory.mayRepeat(entry.request);
        if (mayRepeat && entry.losses < MOST_LOSSES) return void this.#repeatLater(entry, heardAt);
        this.#answerLost(entry, `the connection broke before ${nameOf(entry.request)} was answered`);
    }

    /** Answers a request that the server may have executed. */
    #answerLost(entry: InFlight, why: string): void {
        const message = isCall(entry.request) ? `${why}: ${OUTCOME_UNKNOWN}` : why;
        this.#answer(entry, new TransportError('outcome-unknown', message));
    }

    /** Answers a request in the server's place. */
    #answer({ request }: InFlight, reason: Error): void {
        this.#inFlight.delete(request.id);
        const code = reason instanceof TransportError ? { data: { code: reason.code } } : {};
        const error = { code: ErrorCode.ConnectionClosed, message: reason.message, ...code };
        this.onmessage?.({ jsonrpc: '2.0', id: request.id, error });
    }

    #fail(message: string): void {
        this.#closeReason = new TransportError('not-renewed', message);
        void this.#inner.close();
    }

    #onClose(): void {
        if (this.#isClosed) return;
        this.#isClosed = true;
        for (const cancel of this.#pauses) cancel();
        this.#cancelDeadline?.();
        const reason = this.closeReason;
        for (const settle of this.#asked.values()) settle(reason ?? new Error('closed'));
        // Without a reason the client has closed it itself, and knows what it has given up.
        if (reason)
            for (const entry of this.#inFlight.values()) {
                if (entry.mayHaveArrived && isCall(entry.request)) this.#answerLost(entry, reason.message);
                else this.#answer(entry, reason);
            }
        this.#inFlight.clear();
        if (this.#closeReason) this.onerror?.(this.#closeReason);
        this.onclose?.();
    }
}

function isCall({ method }: JSONRPCRequest): boolean {
    return method === 'tools/call';
}

/** How errors name a request. */
function nameOf(request: JSONRPCRequest): string {
    return isCall(request) ? `${request.method} ${JSON.stringify(request.params?.name)}` : request.method;
}
