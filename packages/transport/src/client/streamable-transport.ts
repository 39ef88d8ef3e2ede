import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { ConnectionState } from './connection-state.ts';
import { boundBody } from './http/bound-body.ts';
import type { RenewableTransport, SendOptions } from './session/renewable-transport.ts';
import type { SessionHost } from './streamable/session-host.ts';
import { StreamableSession } from './streamable/streamable-session.ts';
import { type Timing, toTiming } from './timing.ts';
import { sessionGone, TransportError } from './transport-error.ts';

export interface StreamableTransportOptions extends Partial<Timing> {
    /** @default globalThis.fetch */
    fetch?: FetchLike;
    /** Called when the connection drops, and when it is resumed or renewed. */
    onState?: (state: ConnectionState) => void;
    /** Called once for each session whose server has no stream for its own messages, which is optional. */
    onNoStream?: (reason: TransportError) => void;
}

/**
 * The client's side of Streamable HTTP (MCP 2025-03-26 and later), on top of the SDK's `StreamableHTTPClientTransport`.
 * It makes another transport of the SDK when the server answers 404 to the session (MCP, Session Management) and then
 * calls `onrenewed`. Requests whose connection broke are repeated.
 */
export class StreamableTransport implements RenewableTransport {
    onclose?: () => void;
    onerror?: (error: Error) => void;
    onmessage?: (message: JSONRPCMessage) => void;
    onrenewed?: () => void;
    onlost?: RenewableTransport['onlost'];
    /** Why it closed; undefined while it is open, and after `close()`. */
    closeReason: Error | undefined;
    readonly #open: (fetch: FetchLike) => Transport;
    readonly #host: SessionHost;
    #session: StreamableSession | undefined;
    #isClosed = false;

    /** @param open makes a transport that uses this `fetch`. It is called for each session. */
    constructor(open: (fetch: FetchLike) => Transport, options: StreamableTransportOptions = {}) {
        const fetch: FetchLike = options.fetch ?? globalThis.fetch;
        this.#open = open;
        this.#host = {
            fetch: async (...asked) => boundBody(await fetch(...asked)),
            timing: toTiming(options),
            wasAnswered: false,
            isDown: false,
            state(state) {
                const isDown = state.name === 'dropped';
                // A renewal is reported also without a drop: a server may forget a session while its connection works.
                if (isDown === this.isDown && state.name !== 'renewed') return;
                this.isDown = isDown;
                options.onState?.(state);
            },
            message: message => this.onmessage?.(message),
            error: error => this.onerror?.(error),
            lost: (id, heardAt) => this.onlost?.(id, heardAt),
            noStream: reason => options.onNoStream?.(reason),
            gone: () => this.#renew(),
            failed: reason => void this.#end(reason)
        };
    }

    /** @throws {Error} if it was started before. */
    async start(): Promise<void> {
        if (this.#session) throw new Error('This transport has been started before; make one for each client');
        await this.#begin();
    }

    /** @throws {TransportError} see `RenewableTransport`; and what the SDK's transport throws. */
    async send(message: JSONRPCMessage, options?: SendOptions): Promise<void> {
        if (!this.#session || this.#isClosed) throw new TransportError('closed', 'not connected');
        await this.#session.send(message, options);
    }

    /** Ends the stream and all requests. Idempotent. */
    async close(): Promise<void> {
        await this.#end();
    }

    setProtocolVersion(version: string): void {
        this.#session?.transport.setProtocolVersion?.(version);
    }

    #begin(): Promise<void> {
        this.#session = new StreamableSession(this.#open, this.#host);
        return this.#session.transport.start();
    }

    #renew(): void {
        void this.#session?.end(sessionGone(false));
        this.#begin().then(
            () => {
                if (!this.#isClosed) this.#host.state({ name: 'renewed' });
                this.onrenewed?.();
            },
            error => this.#end(error)
        );
    }

    async #end(reason?: Error): Promise<void> {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.closeReason = reason;
        await this.#session?.end(reason ?? new TransportError('closed', 'the client has closed the connection'));
        if (reason) this.onerror?.(reason);
        this.onclose?.();
    }
}
