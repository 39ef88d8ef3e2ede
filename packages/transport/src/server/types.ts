import type { IncomingMessage } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** How a session's messages travel: HTTP+SSE (MCP 2024-11-05) or Streamable HTTP (2025-03-26 to 2025-11-25). */
export type TransportName = 'sse' | 'streamable-http';

/** What makers of servers and operators see of a session. */
export interface SessionInfo {
    readonly transport: TransportName;
    /** The UUID by which alone a client reaches it. A secret: keep it out of logs. */
    readonly id: string;
    /** Who opened it, where the request that did so was authenticated. */
    readonly authInfo: AuthInfo | undefined;
    /** Requests that are not answered yet. */
    readonly inFlight: number;
    /** Bytes of messages that are kept for the client. */
    readonly bufferedBytes: number;
    /** Whether its client listens now. */
    readonly isOpen: boolean;
    /** Ends the session. Idempotent. */
    close(): Promise<void>;
}

/** A request as the handlers take it: node's own, with what middleware may have added. */
export interface McpRequest extends IncomingMessage {
    /** Set by middleware that authenticates; reaches tools as `extra.authInfo`. */
    auth?: AuthInfo;
    /** Set by middleware that has read the body already, such as `express.json()`. */
    body?: unknown;
}

/** What a session needs of a server: the SDK's `McpServer` and `Server` have it. */
export interface ConnectableServer {
    connect(transport: Transport): Promise<void>;
}

/** Why a request was turned away. */
export type RejectReason =
    | 'bad-session-id'
    | 'no-session'
    | 'unknown-session'
    | 'initialized-already'
    | 'bad-protocol-version'
    | 'bad-event-id'
    | 'events-lost'
    | 'bad-idempotency-key'
    | 'id-in-flight'
    | 'repeated'
    | 'answer-lost'
    | 'outcome-unknown'
    | 'bad-params'
    | 'bad-method'
    | 'not-acceptable'
    | 'bad-content-type'
    | 'not-json'
    | 'not-json-rpc'
    | 'too-large'
    | 'too-complex'
    | 'too-many-requests'
    | 'too-many-sessions'
    | 'too-many-exchanges'
    | 'too-many-subscriptions'
    | 'draining'
    | 'failed';
