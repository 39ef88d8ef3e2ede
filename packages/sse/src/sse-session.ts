import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';

/** What makers of servers and operators see of a session. */
export interface SseSession {
    /** The UUID in its endpoint, and the only name by which a client reaches it. A secret: keep it out of logs. */
    readonly id: string;
    /** Who opened it, where the request that did so was authenticated. */
    readonly authInfo: AuthInfo | undefined;
    /** Requests that are not answered yet. */
    readonly inFlight: number;
    /** Bytes of messages that are kept for the client. */
    readonly bufferedBytes: number;
    /** Whether its client listens now; if not, the session waits to be resumed. */
    readonly isOpen: boolean;
}
