import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { boundBody } from './http/bound-body.ts';
import type { ConnectionState } from './session/connection-state.ts';
import type { RenewableTransport, SendOptions } from './session/renewable-transport.ts';
import { DropReporter } from './streamable/drop-reporter.ts';
import { type Link, StreamableSession } from './streamable/streamable-session.ts';
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
    readonly #open: (fetch: FetchLike) => Transport;
    readonly #link: Link;
    readonly #onNoStream: StreamableTransportOptions['onNoStream'];
    #session: StreamableSession | undefined;
    #closeReason: Error | undefined;
    #isClosed = false;

    /** @param open makes a transport that uses this `fetch`. It is called for each session. */
    constructor(open: (fetch: FetchLike) => Transport, options: StreamableTransportOptions = {}) {
        this.#open = open;
        const fetch: FetchLike = options.fetch ?? globalThis.fetch;
        this.#link = {
            fetch: async (...asked) => boundBody(await fetch(...asked)),
            timing: toTiming(options),
            drops: new DropReporter(options.onState),
            wasAnswered: false
        };
        this.#onNoStream = options.onNoStream;
    }

    get closeReason(): Error | undefined {
        return this.#closeReason;
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
        this.#session?.setProtocolVersion(version);
    }

    async #begin(): Promise<void> {
        this.#session = new StreamableSession(this.#open, this.#link, {
            message: message => this.onmessage?.(message),
            error: error => this.onerror?.(error),
            lost: (id, heardAt) => this.onlost?.(id, heardAt),
            noStream: reason => this.#onNoStream?.(reason),
            gone: () => this.#renew(),
            failed: reason => void this.#end(reason)
        });
        await this.#session.start();
    }

    #renew(): void {
        void this.#session?.end(sessionGone(false));
        this.#begin().then(
            () => {
                if (!this.#isClosed) this.#link.drops.renewed();
                this.onrenewed?.();
            },
            error => this.#end(error)
        );
    }

    async #end(reason?: Error): Promise<void> {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.#closeReason = reason;
        await this.#session?.end(reason ?? new TransportError('closed', 'the client has closed the connection'));
        if (reason) this.onerror?.(reason);
        this.onclose?.();
    }
}
