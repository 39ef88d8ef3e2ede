/**
 * By what the page reads a stream. `native` is the browser's EventSource. It tells events by name, id and data, and
 * that it lost the stream; it hides comments (heartbeats), `retry:`, events of names that nobody asked for, the status
 * of a refusal, why it lost the stream, and the text itself. `raw` reads the bytes by `fetch`, and hides nothing.
 */
export type StreamReader = 'native' | 'raw';

/** Why a stream will not be opened again by itself. */
export type CloseReason = 'asked' | 'refused' | 'bad-endpoint' | 'failed';

/**
 * One thing that happened on the wire of one session. It is plain data: it can be kept, written to a file and played
 * again. `raw` is the text exactly as it was received, and only there where the page read the bytes itself.
 */
export type WireFact =
    | { kind: 'connecting'; url: string; reader: StreamReader }
    | { kind: 'opened'; lastEventId: string }
    /** The stream that opened again is of the same session, or of another. */
    | { kind: 'resumed' | 'replaced' }
    /** The stream broke, and is opened again by itself. `detail` says why, if that is known. */
    | { kind: 'dropped'; detail?: string }
    | { kind: 'closed'; reason: CloseReason; detail?: string }
    /**
     * A POST leaves; `number` tells the POSTs of a session apart. `authorization` is the header, never a real one;
     * `idempotencyKey` is the header that marks a retry.
     */
    | { kind: 'post'; number: number; url: string; body: string; authorization?: string; idempotencyKey?: string }
    /** The answer to that POST has come; `status` is 0 if there was none. */
    | { kind: 'answered'; number: number; status: number; statusText: string }
    | { kind: 'event'; event: string; id: string; data: string; raw?: string }
    | { kind: 'comment'; text: string; raw: string }
    | { kind: 'retry'; ms: number; raw: string };

export type WireFactKind = WireFact['kind'];
