import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

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
