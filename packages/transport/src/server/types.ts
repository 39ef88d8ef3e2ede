import type { IncomingMessage } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** How a session's messages travel: HTTP+SSE (MCP 2024-11-05) or Streamable HTTP (2025-03-26 to 2025-11-25). */
export type TransportName = 'sse' | 'streamable-http';

/** A session, as `createServer` and the observer see it. */
export interface SessionInfo {
    readonly transport: TransportName;
    /** The UUID that gives access to the session. It is a secret: keep it out of logs. */
    readonly id: string;
    /** `req.auth` of the request that opened the session. */
    readonly authInfo: AuthInfo | undefined;
    /** Number of requests that are not answered yet. */
    readonly inFlight: number;
    /** Bytes of messages that are kept for the client. */
    readonly bufferedBytes: number;
    /** Whether the client has a stream open. */
    readonly isOpen: boolean;
    /** Ends the session. Idempotent. */
    close(): Promise<void>;
}

/** A request of node, with properties that middleware may set. */
export interface McpRequest extends IncomingMessage {
    /** Set by middleware that authenticates. Tools get it as `extra.authInfo`. */
    auth?: AuthInfo;
    /** Set by middleware that reads the body, such as `express.json()`. */
    body?: unknown;
}

/** An MCP server that a session connects to, such as the SDK's `McpServer` or `Server`. */
export interface ConnectableServer {
    connect(transport: Transport): Promise<void>;
}
