/** Where a connection stands, for a command line or a page to show. */
export type ConnectionState =
    | { name: 'connecting' }
    | { name: 'open' }
    /** The stream is down; `retryInMs` milliseconds until the next attempt, where that is known. */
    | { name: 'dropped'; reason: Error; retryInMs?: number }
    /** The stream is back, and nothing was lost. */
    | { name: 'resumed' }
    /** The stream is back, in a session that knows nothing of the one before. */
    | { name: 'renewed' }
    /** For good; `reason` is missing if the client wanted it. */
    | { name: 'closed'; reason?: Error };

/** One event of the stream, or one POST, as it goes over the wire. */
export interface TraceEntry {
    /** Milliseconds, of the transport's clock. */
    at: number;
    direction: 'received' | 'sent';
    /** What came: an event by its name. What was sent: a POST. */
    kind: 'endpoint' | 'message' | 'post';
    text: string;
    /** The size of the text in UTF-8. */
    bytes: number;
}
