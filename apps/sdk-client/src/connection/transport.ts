import {
    type ConnectionState,
    findSessionId,
    SessionKeeper,
    SseTransport,
    StreamableTransport,
    type TransportError
} from '@calc/transport/client';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';

/** Streamable HTTP (2025-03-26 and later) or HTTP+SSE (2024-11-05). */
export type TransportKind = 'http' | 'sse';

export interface TransportOptions {
    url: URL;
    /** What all requests go through. */
    fetch: FetchLike;
    /** How long the first connection may take, in milliseconds. */
    connectTimeoutMs: number;
    /** How long to go on trying after a drop, in milliseconds. */
    reconnectTimeoutMs: number;
    onState: ((state: ConnectionState) => void) | undefined;
    /** The server has no stream for what it says of its own accord. */
    onNoStream: (reason: TransportError) => void;
}

/** A transport that has not been started, and what it does not tell of itself. */
export interface ClientTransport {
    kind: TransportKind;
    transport: SessionKeeper;
    /** The session's id, once the server has given one. */
    sessionId(): string | undefined;
    /** Tells the server that the session is over, if the transport has a way to. */
    endSession(): Promise<void>;
}

/** Makes a transport of that kind, which goes on over drops and in new sessions. */
export function createTransport(kind: TransportKind, options: TransportOptions): ClientTransport {
    return kind === 'http' ? createStreamable(options) : createSse(options);
}

/** The SDK's transport opens its stream that often after a drop: at its own pace that takes 13 seconds. */
const STREAM_RETRIES = {
    maxRetries: 5,
    initialReconnectionDelay: 1000,
    reconnectionDelayGrowFactor: 1.5,
    maxReconnectionDelay: 30_000
};

function createStreamable({ url, fetch, reconnectTimeoutMs, onState, onNoStream }: TransportOptions): ClientTransport {
    let current: StreamableHTTPClientTransport | undefined;
    const open = (sessionFetch: FetchLike) => {
        current = new StreamableHTTPClientTransport(url, { fetch: sessionFetch, reconnectionOptions: STREAM_RETRIES });
        return current;
    };
    const timing = { giveUpAfterMs: reconnectTimeoutMs };
    const inner = new StreamableTransport(open, { ...timing, fetch, onNoStream, ...(onState && { onState }) });
    return {
        kind: 'http',
        transport: new SessionKeeper(inner, timing),
        sessionId: () => current?.sessionId,
        // Not by the transport's own method: once it is closed it sends no more.
        async endSession() {
            if (current?.sessionId === undefined) return;
            const headers: Record<string, string> = { 'mcp-session-id': current.sessionId };
            if (current.protocolVersion) headers['mcp-protocol-version'] = current.protocolVersion;
            const response = await fetch(url, { method: 'DELETE', headers });
            await response.body?.cancel();
        }
    };
}

function createSse({ url, fetch, connectTimeoutMs, reconnectTimeoutMs, onState }: TransportOptions): ClientTransport {
    let sessionId: string | undefined;
    const timing = { giveUpAfterMs: reconnectTimeoutMs };
    const inner = new SseTransport(url, {
        ...timing,
        ...(onState && { onState }),
        startTimeoutMs: connectTimeoutMs,
        fetch(target, init) {
            const address = new URL(String(target));
            // The endpoint that the server named is where messages are posted.
            if (init?.method === 'POST') sessionId = findSessionId(address);
            return fetch(address, init);
        }
    });
    return {
        kind: 'sse',
        transport: new SessionKeeper(inner, timing),
        sessionId: () => sessionId,
        endSession: async () => {}
    };
}
