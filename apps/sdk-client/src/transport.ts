import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** Streamable HTTP (2025-03-26 and later) or HTTP+SSE (2024-11-05). */
export type TransportKind = 'http' | 'sse';

export const transportChoices = ['auto', 'sse', 'http'] as const;
/** `auto`: Streamable HTTP, and HTTP+SSE where the server has no other. */
export type TransportChoice = (typeof transportChoices)[number];

/** A transport that has not been started, and what it does not tell of itself. */
export interface ClientTransport {
    kind: TransportKind;
    transport: Transport;
    /** The session's id, once the server has given one. */
    sessionId(): string | undefined;
    /** Tells the server that the session is over, if the transport has a way to. */
    endSession(): Promise<void>;
}

/** Makes a transport of that kind; all of its requests go through `fetch`. */
export function createTransport(kind: TransportKind, url: URL, fetch: FetchLike): ClientTransport {
    return kind === 'http' ? createStreamable(url, fetch) : createSse(url, fetch);
}

function createStreamable(url: URL, fetch: FetchLike): ClientTransport {
    const transport = new StreamableHTTPClientTransport(url, { fetch });
    return {
        kind: 'http',
        transport,
        sessionId: () => transport.sessionId,
        // Not by the transport's own method: after a failed start the SDK has closed it, and it sends no more.
        async endSession() {
            if (transport.sessionId === undefined) return;
            const headers: Record<string, string> = { 'mcp-session-id': transport.sessionId };
            if (transport.protocolVersion) headers['mcp-protocol-version'] = transport.protocolVersion;
            const response = await fetch(url, { method: 'DELETE', headers });
            await response.body?.cancel();
        }
    };
}

function createSse(url: URL, fetch: FetchLike): ClientTransport {
    let sessionId: string | undefined;
    const transport = new SSEClientTransport(url, {
        fetch(target, init) {
            // The endpoint that the server named is where messages are posted.
            if (init?.method === 'POST') sessionId = new URL(target).searchParams.get('sessionId') ?? undefined;
            return fetch(target, init);
        }
    });
    return { kind: 'sse', transport, sessionId: () => sessionId, endSession: async () => {} };
}
