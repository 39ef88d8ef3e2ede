import { hideIds } from './session-id.ts';

/** Why a client failed. */
export type TransportErrorCode =
    | 'unauthorized' // 401 or 403
    | 'not-found' // 404 or 405: no event stream at that URL
    | 'redirected' // the URL redirects to another one
    | 'not-a-stream' // the answer is not that of an MCP server over HTTP+SSE
    | 'unreachable' // no answer, or a status of 429 and above
    | 'refused' // the server does not take a message
    | 'session-gone' // the server has no memory of the session
    | 'answer-lost' // the server has executed a request, and no longer has the answer
    | 'outcome-unknown' // the server may have executed a request that must not be repeated
    | 'not-renewed' // the server refuses a new session, or is not the same server any more
    | 'ended' // HTTP 204: the server asks the client not to reconnect
    | 'gave-up' // the server did not come back in time, or no new session was ready in time
    | 'not-a-message' // the server sent something that is not a JSON-RPC message
    | 'too-large' // the server sent more at once than a client takes
    | 'closed'; // the client has closed the connection, or has not opened it

type Details = ErrorOptions &
    Partial<Pick<TransportError, 'status' | 'retryAfterMs' | 'reason' | 'mayHaveArrived' | 'address'>>;

/** A failure of the connection, or of a message on its way. */
export class TransportError extends Error {
    override name = 'TransportError';
    readonly code: TransportErrorCode;
    /** The HTTP status, if there was an answer. */
    readonly status: number | undefined;
    /** The wait before the next attempt that the server asks for, in milliseconds. */
    readonly retryAfterMs: number | undefined;
    /** The reason in the server's own words, if it gave one. */
    readonly reason: string | undefined;
    /** Whether the server may have taken the message that failed. */
    readonly mayHaveArrived: boolean;
    /** The requested URL without its query, if there was an answer. */
    readonly address: string | undefined;

    constructor(code: TransportErrorCode, message: string, details: Details = {}) {
        super(message, details);
        this.code = code;
        this.status = details.status;
        this.retryAfterMs = details.retryAfterMs;
        this.reason = details.reason;
        this.mayHaveArrived = details.mayHaveArrived ?? false;
        this.address = details.address;
    }
}

/** Whether an error says that the server has no memory of the session. */
export function isSessionGone(error: unknown): error is TransportError {
    return error instanceof TransportError && error.code === 'session-gone';
}

export function sessionGone(mayHaveArrived: boolean): TransportError {
    return new TransportError('session-gone', 'the server has no memory of the session', { mayHaveArrived });
}

/** The error for a request that got no answer. */
export function unreachable(url: URL, cause: unknown, mayHaveArrived = false): TransportError {
    const message = `cannot reach ${nameOf(url)}: ${describeFailure(cause)}`;
    return new TransportError('unreachable', message, { cause, mayHaveArrived });
}

/** The end of each error message after which a call may or may not have been executed. */
export const OUTCOME_UNKNOWN = 'it is not known whether the tool ran';

/** The reason that fetch hides in the cause of its `fetch failed`. */
export function describeFailure(error: unknown): string {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof Error)) return String(cause);
    // After attempts at several addresses this is an AggregateError, which has a code and no message.
    return cause.message || String(Reflect.get(cause, 'code') ?? cause.name);
}

/** The URL as error messages show it. The query is left out, because it may hold a secret such as a session id. */
export function nameOf(url: URL): string {
    return url.origin + hideIds(url.pathname);
}
