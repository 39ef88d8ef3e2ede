import type { TransportKind } from '../../mcp/transport/transport.ts';
import type { CloseReason, StreamReader } from '../../mcp/transport/wire-fact.ts';

/**
 * The state of a session. Over HTTP+SSE, it is that of the stream. Over Streamable HTTP, a session is open after its
 * handshake, and `dropped` while a stream that broke is not open again. `resumed` means open again after a drop, with nothing
 * lost; `unreached`, that a request for the stream failed before it was ever open.
 */
type Phase = 'connecting' | 'unreached' | 'open' | 'dropped' | 'resumed' | 'closed';

/** How long the browser waits before it opens a dropped stream again, and how the page knows. */
interface RetryDelay {
    ms: number;
    /** `told`: the page has seen `retry:`. `measured`: the time of the last reconnect. `assumed`: neither. */
    basis: 'told' | 'measured' | 'assumed';
}

/** The status of one session, as derived from the record. */
export interface SessionStatus {
    readonly key: string;
    /** The index of its colour, from 0. Visible sessions have different colours while there are enough. */
    readonly colour: number;
    readonly url: string;
    readonly transport: TransportKind;
    readonly reader: StreamReader;
    readonly phase: Phase;
    /** The endpoint from the endpoint event of HTTP+SSE. It contains the session id, which is secret. */
    readonly endpoint: string | undefined;
    /** The id of the session, which is secret; empty if it is not known. */
    readonly sessionId: string;
    readonly retry: RetryDelay;
    /** Whether the stream of GET is open. */
    readonly isOpen: boolean;
    /** Of Streamable HTTP: the POSTs whose responses are open as event streams. */
    readonly responses: readonly number[];
    /** Of Streamable HTTP: the streams that broke and are to be opened again, by POST; `undefined` is that of GET. */
    readonly down: readonly (number | undefined)[];
    /** When the stream dropped, or was last requested without success, in milliseconds of the record; undefined unless it is down. */
    readonly droppedAt: number | undefined;
    readonly drops: number;
    /** The number of requests since then that got no stream. */
    readonly attempts: number;
    readonly closed: { reason: CloseReason; detail: string | undefined } | undefined;
}

/** The wait before the next reconnect, after one that took `ms`. */
export function measured({ retry }: SessionStatus, ms: number): RetryDelay {
    return retry.basis === 'told' ? retry : { ms, basis: 'measured' };
}
