/**
 * How the page reads a stream. `native` is the EventSource of the browser. It reports the name, id and data of events,
 * and that the stream broke. It hides comments (heartbeats), `retry:`, events without a listener, the status of a
 * rejected stream, why the stream broke, and the text itself. `raw` reads the bytes with `fetch` and hides nothing.
 */
export type StreamReader = 'native' | 'raw';

/** Why a stream was closed for good. */
export type CloseReason = 'asked' | 'refused' | 'bad-endpoint' | 'failed';

/**
 * One thing that happened on the wire of one session. It is plain data that can be stored in a file and replayed. `raw`
 * is the text exactly as received; it exists only if the page read the bytes itself.
 */
export type WireFact =
    | { kind: 'connecting'; url: string; reader: StreamReader }
    | { kind: 'opened'; lastEventId: string }
    /** The stream that was opened again belongs to the same session, or to another. */
    | { kind: 'resumed' | 'replaced' }
    /** The stream broke, and is being opened again. `detail` says why, if that is known. */
    | { kind: 'dropped'; detail?: string }
    | { kind: 'closed'; reason: CloseReason; detail?: string }
    /**
     * A POST was sent; `number` counts the POSTs of a session. `authorization` is the header, never a real credential.
     * `idempotencyKey` is the header that marks a retry.
     */
    | { kind: 'post'; number: number; url: string; body: string; authorization?: string; idempotencyKey?: string }
    /** The answer to that POST; `status` is 0 if there was none. */
    | { kind: 'answered'; number: number; status: number; statusText: string }
    | { kind: 'event'; event: string; id: string; data: string; raw?: string }
    | { kind: 'comment'; text: string; raw: string }
    | { kind: 'retry'; ms: number; raw: string };

export type WireFactKind = WireFact['kind'];
