import type { ConnectionState } from '@calc/transport/client';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { JSONRPCNotification } from '@modelcontextprotocol/sdk/types.js';
import type { TransportChoice } from '../config/options.ts';
import type { Settings } from '../config/settings.ts';
import type { Trace } from './trace.ts';

export interface ConnectOptions extends Settings {
    trace: Trace | undefined;
    /** Called when the connection drops, and when it is back. */
    onState?: (state: ConnectionState) => void;
    /** Aborts when the user interrupts. The request in flight is then cancelled at the server too. */
    signal: AbortSignal;
}

/** Streamable HTTP (2025-03-26 and later) or HTTP+SSE (2024-11-05). */
export type TransportKind = Exclude<TransportChoice, 'auto'>;

/** An initialized session with a server. Its stream keeps the process alive until the connection is disposed of. */
export interface Connection extends AsyncDisposable {
    client: Client;
    url: URL;
    transport: TransportKind;
    /** The negotiated protocol version. */
    protocolVersion: string;
    /** The server's id of the session, if it has given one. After a drop it may be another. */
    sessionId(): string | undefined;
    /**
     * Sends one request. It continues after a drop of the stream if it is safe to repeat.
     *
     * @param method the name of the request in error messages.
     * @throws {CliError} if the server refuses the request or does not come back, after the time limit, or when the user
     * interrupts.
     */
    request<T>(method: string, send: (client: Client, options: RequestOptions) => Promise<T>): Promise<T>;
    /** Calls the listener with every notification. Returns a function that removes the listener. */
    listen(listener: Listener): () => void;
    /** Never resolves; rejects with a CliError when the connection is lost or the user interrupts. */
    ended: Promise<never>;
    /** Never resolves; rejects with a CliError if the server has no stream for notifications. */
    silent: Promise<never>;
    /** The same connection; its requests are cancelled when `signal` aborts. */
    withSignal(signal: AbortSignal): Connection;
}

export type Listener = (notification: JSONRPCNotification) => void;
