import { PageError } from './page-error.ts';

/**
 * Why a call or a session failed:
 * - `not-connected`: there is no session yet, or no longer
 * - `closed`: the session was closed while the call was waiting
 * - `session-replaced`: the server started a new session, and the reply belonged to the old one
 * - `bad-endpoint`: the stream named an endpoint that must not be used
 * - `post-failed`: the POST did not reach the server, or was not accepted
 * - `unknown-session`: the server does not know the session that the POST was for, or no longer
 * - `unauthenticated`: the server wants a credential that this browser does not have, or no longer
 * - `time-limit`: no reply came in time
 * - `rpc-error`: the server replied with a JSON-RPC error
 * - `bad-reply`: the reply is not what the method promises
 */
export type McpSessionErrorCode =
    | 'not-connected'
    | 'closed'
    | 'session-replaced'
    | 'bad-endpoint'
    | 'post-failed'
    | 'unknown-session'
    | 'unauthenticated'
    | 'time-limit'
    | 'rpc-error'
    | 'bad-reply';

/** A call or a session that failed; its message says what to do. */
export class McpSessionError extends PageError<McpSessionErrorCode> {
    override name = 'McpSessionError';
}
