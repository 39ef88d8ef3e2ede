import {
    findSessionId,
    SessionKeeper,
    SseTransport,
    StreamableTransport,
    type TransportError
} from '@calc/transport/client';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { ConnectOptions, TransportKind } from './connection.ts';

interface TransportOptions extends ConnectOptions {
    /** Sends all requests. */
    fetch: FetchLike;
    /** Called if the server has no stream for notifications. */
    onNoStream: (reason: TransportError) => void;
}

/** A transport that has not been started, and what its class does not offer. */
export interface ClientTransport {
    kind: TransportKind;
    transport: SessionKeeper;
    /** The session's id, once the server has given one. */
    sessionId(): string | undefined;
    /** Ends the session at the server, if the transport has a request for that. */
    endSession(): Promise<void>;
}

/** Creates a transport that continues after drops and in new sessions. */
export function createTransport(kind: TransportKind, options: TransportOptions): ClientTransport {
    return kind === 'http' ? createStreamable(options) : createSse(options);
}

/** How often the SDK's transport reopens its stream after a drop. All retries together take 13 seconds. */
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
        // The transport's own method sends nothing after the transport is closed.
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
            // Messages are posted to the endpoint that the server has sent; its URL has the session id.
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
