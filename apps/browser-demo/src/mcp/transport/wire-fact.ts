/**
 * How the page reads a stream. `native` is the EventSource of the browser. It reports the name, id and data of events,
 * and that the stream broke. It hides comments (heartbeats), `retry:`, events without a listener, the status of a
 * rejected stream, why the stream broke, and the text itself. `raw` reads the bytes with `fetch` and hides nothing.
 */
export type StreamReader = 'native' | 'raw';

/** Why a stream was closed for good. */
export type CloseReason = 'asked' | 'refused' | 'bad-endpoint' | 'failed';

/** The header fields of a request or a response that the page knows, by their names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/**
 * One thing that happened on the wire of one session. It is plain data that can be stored in a file and replayed. `raw`
 * is the text exactly as received; it exists only if the page read the bytes itself. `headers` are those that the page
 * sets, or that the browser lets it read. A fact with the number of a `post` is about the response to that POST (Streamable
 * HTTP), also where a GET continues that response; without a number, about the stream of GET.
 */
export type WireFact =
    | { kind: 'connecting'; url: string; reader: StreamReader; headers?: Headers }
    /**
     * The stream was requested again, with this `Last-Event-ID`; empty without one. `late`: EventSource does not report its
     * requests, so the page learns of this one only from the answer.
     */
    | { kind: 'reconnecting'; url: string; lastEventId: string; late?: true; headers?: Headers; post?: number }
    | { kind: 'opened'; lastEventId: string; headers?: Headers; post?: number }
    /** The request for a stream got another answer. The session continues without that stream. */
    | { kind: 'declined'; status: number; statusText: string; headers?: Headers; post?: number }
    /** The stream that was opened again belongs to the same session, or to another. */
    | { kind: 'resumed'; post?: number }
    | { kind: 'replaced' }
    /**
     * The stream broke, or a request for it got no stream; it will be requested again. `detail` says why, if that is known.
     */
    | { kind: 'dropped'; detail?: string }
    | { kind: 'closed'; reason: CloseReason; detail?: string }
    /**
     * A POST was sent, or a DELETE; `number` counts them in a session. `authorization` is the header, never a real
     * credential. `idempotencyKey` is the header that marks a retry. `automatic`: no user asked for it.
     */
    | {
          kind: 'post';
          number: number;
          url: string;
          body: string;
          method?: 'DELETE';
          authorization?: string;
          idempotencyKey?: string;
          headers?: Headers;
          automatic?: true;
      }
    /** The answer to that POST; `status` is 0 if there was none. `stream`: its body is an event stream. */
    | { kind: 'answered'; number: number; status: number; statusText: string; headers?: Headers; stream?: true }
    /** The body of the answer to that POST is one JSON text. */
    | { kind: 'json'; number: number; data: string }
    /**
     * The event stream in the answer to that POST ended. With a `detail`, it broke, or a request for the rest got no stream.
     * `resumes`: the page will request the rest.
     */
    | { kind: 'ended'; number: number; detail?: string; resumes?: true }
    | { kind: 'event'; event: string; id: string; data: string; raw?: string; post?: number }
    | { kind: 'comment'; text: string; raw: string; post?: number }
    | { kind: 'retry'; ms: number; raw: string; post?: number };

export type WireFactKind = WireFact['kind'];
