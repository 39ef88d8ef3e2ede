import { type Message, message } from '../i18n/i18n.ts';
import { PageError } from '../i18n/page-error.ts';
import * as say from '../i18n/texts.ts';
import type { RpcError } from './json-rpc.ts';

/**
 * Why a call or a session failed:
 * - `not-connected`: there is no session yet, or no longer
 * - `closed`: the session was closed while the call was waiting
 * - `session-replaced`: the server started a new session, and the reply belonged to the old one
 * - `looks-streamable`: there is no event stream of HTTP+SSE at the address, but perhaps Streamable HTTP
 * - `no-streamable`: there is no Streamable HTTP at the address, but perhaps HTTP+SSE
 * - `no-endpoint`: the stream sent no endpoint in time
 * - `bad-endpoint`: the stream sent an endpoint at another origin
 * - `post-failed`: the POST did not reach the server, or was not accepted
 * - `unknown-session`: the server does not know the session of the POST
 * - `unauthenticated`: the server requires a credential that this browser does not have
 * - `cancelled`: the user cancelled the call
 * - `time-limit`: no reply came in time
 * - `rpc-error`: the server replied with a JSON-RPC error
 * - `unknown-version`: the server chose a version of the protocol that the page does not know
 * - `id-in-use`: a message that the user wrote has the id of a call that is waiting
 * - `bad-reply`: the reply does not have the form that the method defines
 */
export type McpSessionErrorCode =
    | 'not-connected'
    | 'closed'
    | 'session-replaced'
    | 'looks-streamable'
    | 'no-streamable'
    | 'no-endpoint'
    | 'bad-endpoint'
    | 'post-failed'
    | 'unknown-session'
    | 'unauthenticated'
    | 'cancelled'
    | 'time-limit'
    | 'id-in-use'
    | 'rpc-error'
    | 'unknown-version'
    | 'bad-reply';

/** How the server rejected a request: with a JSON-RPC error on the stream, or with the status of the POST. */
export type Refusal =
    | ({ kind: 'rpc' } & RpcError)
    /** `body` is the text of the answer. */
    | { kind: 'http'; status: number; body: string };

/** A call or a session that failed. The message says what to do. */
export class McpSessionError extends PageError<McpSessionErrorCode> {
    override name = 'McpSessionError';
    /** Undefined if there was no answer. */
    readonly refusal: Refusal | undefined;

    constructor(code: McpSessionErrorCode, text: Message, options: ErrorOptions & { refusal?: Refusal } = {}) {
        super(code, text, options);
        this.refusal = options.refusal;
    }
}

/** The reply to `method` lacks `member`. */
export function badReply(method: string, member: string): McpSessionError {
    return new McpSessionError('bad-reply', message(say.error.badReply, { method, member }));
}
