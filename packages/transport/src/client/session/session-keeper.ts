import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, JSONRPCNotification, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { type Timing, toTiming } from '../timing.ts';
import { InFlightRequests, type KeeperParts } from './in-flight-requests.ts';
import type { RenewableTransport, Reply } from './renewable-transport.ts';
import { ServerRequests } from './server-requests.ts';
import { SessionMemory } from './session-memory.ts';
import { SessionRenewal, sendToSession } from './session-renewal.ts';

/**
 * Makes a client outlive its session. It wraps a transport that reports a new session, and then initializes and
 * subscribes again, repeats the requests in flight that may be repeated, and fails the others at once. The client above
 * does not notice. The transport below knows nothing of MCP, which is why this is a wrapper.
 */
export class SessionKeeper implements Transport {
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: (message: JSONRPCMessage) => void;
    /** The negotiated protocol version; undefined until the session is initialized. */
    protocolVersion: string | undefined;
    /** Why it closed; undefined while it is open, and after `close()`. */
    closeReason: Error | undefined;
    readonly #inner: RenewableTransport;
    readonly #memory = new SessionMemory();
    readonly #serverRequests = new ServerRequests();
    readonly #requests: InFlightRequests;
    readonly #renewal: SessionRenewal;

    constructor(inner: RenewableTransport, options: Partial<Timing> = {}) {
        this.#inner = inner;
        const parts: KeeperParts = {
            inner,
            memory: this.#memory,
            timing: toTiming(options),
            reply: reply => this.onmessage?.(reply),
            error: error => this.onerror?.(error),
            fail: reason => {
                this.closeReason = reason;
                this.onerror?.(reason);
                void inner.close();
            }
        };
        this.#requests = new InFlightRequests(parts);
        this.#renewal = new SessionRenewal(parts);
        inner.onmessage = message => this.#receive(message);
        inner.onerror = error => this.onerror?.(error);
        inner.onrenewed = () => {
            this.#serverRequests.renew();
            void this.#renewal.run(this.#requests);
        };
        inner.onlost = (id, heardAt) => {
            if (!this.#renewal.isRunning) this.#requests.lose(id, heardAt, this.#renewal.tasks);
        };
        inner.onclose = () => this.#onClose();
    }

    /** @throws what the transport below throws. */
    start(): Promise<void> {
        return this.#inner.start();
    }

    /** @throws what the transport below throws, except `session-gone`. */
    async send(message: JSONRPCMessage): Promise<void> {
        if (!('method' in message)) await this.#reply(message);
        else if ('id' in message) await this.#requests.send(message, this.#renewal.isRunning);
        else await this.#notify(message);
    }

    close(): Promise<void> {
        return this.#inner.close();
    }

    setProtocolVersion(version: string): void {
        this.protocolVersion = version;
        this.#inner.setProtocolVersion?.(version);
    }

    async #notify(message: JSONRPCNotification): Promise<void> {
        const { method, params } = message;
        if (method === 'notifications/cancelled') this.#requests.take(params?.requestId as RequestId);
        if (method === 'notifications/initialized' && this.#renewal.hasInitialized) return;
        // The subject of a notification ends with the old session.
        if (!this.#renewal.isRunning) await sendToSession(this.#inner, message);
    }

    async #reply(message: Reply): Promise<void> {
        const id = message.id === undefined ? undefined : this.#serverRequests.settle(message.id);
        if (id !== undefined) await sendToSession(this.#inner, { ...message, id });
    }

    #receive(message: JSONRPCMessage): void {
        if (this.#renewal.takes(message)) return;
        if ('method' in message) return this.onmessage?.(this.#serverRequests.receive(message));
        if (message.id === undefined) return this.onmessage?.(message);
        const request = this.#requests.take(message.id);
        // A second reply, or the reply to a request that was cancelled.
        if (!request) return;
        if ('result' in message) this.#memory.note(request, message);
        this.onmessage?.(message);
    }

    #onClose(): void {
        this.closeReason ??= this.#inner.closeReason;
        this.#renewal.end(this.closeReason ?? new Error('closed'));
        this.#requests.end(this.closeReason);
        this.onclose?.();
    }
}
