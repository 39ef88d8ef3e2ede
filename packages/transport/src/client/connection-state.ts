/** The state of a connection, for a command line or a page to show. */
export type ConnectionState =
    | { name: 'connecting' }
    | { name: 'open' }
    /** The stream is down. The next attempt is made in `retryInMs` milliseconds, if that is known. */
    | { name: 'dropped'; reason: Error; retryInMs?: number }
    /** The stream is back, and nothing was lost. */
    | { name: 'resumed' }
    /** The stream is back in a new session, which knows nothing of the old one. */
    | { name: 'renewed' }
    /** The connection ended for good; `reason` is missing if the client closed it. */
    | { name: 'closed'; reason?: Error };

/** One event of the stream or one POST, as sent over the wire. */
export interface TraceEntry {
    /** In milliseconds of the transport's clock. */
    at: number;
    direction: 'received' | 'sent';
    /** The name of a received event, or `post` for a sent message. */
    kind: 'endpoint' | 'message' | 'post';
    text: string;
    /** The size of the text in UTF-8. */
    bytes: number;
}
