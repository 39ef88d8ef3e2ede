import { hideIds } from './session/session-id.ts';

/**
 * Why a client failed.
 *
 * - `unauthorized` 401 or 403
 * - `not-found` 404 or 405: no event stream at that URL
 * - `redirected` the URL leads elsewhere
 * - `not-a-stream` something answers, and not as MCP over HTTP+SSE does
 * - `unreachable` no answer, or one of 429 and above
 * - `refused` the server does not take a message
 * - `session-gone` the server has no memory of the session
 * - `answer-lost` the server has executed a request, and no longer has the answer
 * - `outcome-unknown` a request may have been executed, and must not be repeated to find out
 * - `not-renewed` a new session could not be made to go on where the old one was
 * - `ended` the server wants no client to come back: HTTP 204
 * - `gave-up` the server did not come back in time
 * - `not-a-message` the server sent something that is not a JSON-RPC message
 * - `too-large` the server sent more at once than a client takes
 * - `closed` the client has closed the connection, or not opened it
 */
export type TransportErrorCode =
    | 'unauthorized'
    | 'not-found'
    | 'redirected'
    | 'not-a-stream'
    | 'unreachable'
    | 'refused'
    | 'session-gone'
    | 'answer-lost'
    | 'outcome-unknown'
    | 'not-renewed'
    | 'ended'
    | 'gave-up'
    | 'not-a-message'
    | 'too-large'
    | 'closed';

interface Details extends ErrorOptions {
    status?: number;
    retryAfterMs?: number | undefined;
    reason?: string | undefined;
    mayHaveArrived?: boolean;
    url?: URL;
}

/** A failure of the connection, or of a message on its way. */
export class TransportError extends Error {
    override name = 'TransportError';
    readonly code: TransportErrorCode;
    /** The HTTP status, where there was an answer. */
    readonly status: number | undefined;
    /** How long the server asks to be left alone, in milliseconds. */
    readonly retryAfterMs: number | undefined;
    /** Why, in the server's own words, where it gave any. */
    readonly reason: string | undefined;
    /** Whether the server may have taken the message that failed. */
    readonly mayHaveArrived: boolean;
    /** The address that was asked, without its query, where there was an answer. */
    readonly address: string | undefined;

    constructor(code: TransportErrorCode, message: string, details: Details = {}) {
        super(message, details);
        this.code = code;
        this.status = details.status;
        this.retryAfterMs = details.retryAfterMs;
        this.reason = details.reason;
        this.mayHaveArrived = details.mayHaveArrived ?? false;
        this.address = details.url && nameOf(details.url);
    }
}

/** Whether an error says that the server has no memory of the session. */
export function isSessionGone(error: unknown): error is TransportError {
    return error instanceof TransportError && error.code === 'session-gone';
}

export function sessionGone(mayHaveArrived: boolean): TransportError {
    return new TransportError('session-gone', 'the server has no memory of the session', { mayHaveArrived });
}

/** How every error ends that leaves it open whether the server has executed a call. */
export const OUTCOME_UNKNOWN = 'it is not known whether the tool ran';

/** What fetch hides in the cause of its `fetch failed`. */
export function describeFailure(error: unknown): string {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof Error)) return String(cause);
    // An AggregateError, of several addresses that were tried, has a code and no message.
    return cause.message || String(Reflect.get(cause, 'code') ?? cause.name);
}

/** How errors name a URL: its query may be a secret, as the session id in that of an endpoint is. */
export function nameOf(url: URL): string {
    return url.origin + hideIds(url.pathname);
}
