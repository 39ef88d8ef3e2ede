import {
    findSessionId,
    SessionKeeper,
    SseTransport,
    type SseTransportOptions,
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

export type ClientTransport = ReturnType<typeof createTransport>;

/**
 * Creates a transport that continues after drops and in new sessions, and what its class does not offer: the session's id,
 * once the server has given one, and a function that ends the session at the server, if there is a request for that.
 */
export function createTransport(kind: TransportKind, options: TransportOptions) {
    const timing = { giveUpAfterMs: options.reconnectTimeoutMs };
    const shared = { ...timing, ...(options.onState && { onState: options.onState }) };
    const { inner, ...session } = kind === 'http' ? createStreamable(options, shared) : createSse(options, shared);
    return { kind, transport: new SessionKeeper(inner, timing), ...session };
}

type SharedOptions = Pick<SseTransportOptions, 'giveUpAfterMs' | 'onState'>;

/** How often the SDK's transport reopens its stream after a drop. All retries together take 13 seconds. */
const STREAM_RETRIES = {
    maxRetries: 5,
    initialReconnectionDelay: 1000,
    reconnectionDelayGrowFactor: 1.5,
    maxReconnectionDelay: 30_000
};

function createStreamable({ url, fetch, onNoStream }: TransportOptions, shared: SharedOptions) {
    let current: StreamableHTTPClientTransport | undefined;
    const open = (sessionFetch: FetchLike) => {
        current = new StreamableHTTPClientTransport(url, { fetch: sessionFetch, reconnectionOptions: STREAM_RETRIES });
        return current;
    };
    return {
        inner: new StreamableTransport(open, { ...shared, fetch, onNoStream }),
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

function createSse({ url, fetch, connectTimeoutMs }: TransportOptions, shared: SharedOptions) {
    let sessionId: string | undefined;
    const inner = new SseTransport(url, {
        ...shared,
        startTimeoutMs: connectTimeoutMs,
        fetch(target, init) {
            const address = new URL(String(target));
            // Messages are posted to the endpoint that the server has sent; its URL has the session id.
            if (init?.method === 'POST') sessionId = findSessionId(address);
            return fetch(address, init);
        }
    });
    return { inner, sessionId: () => sessionId, endSession: async () => {} };
}
