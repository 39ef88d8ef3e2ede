import { STATUS_CODES } from 'node:http';
import { TransportError } from '@calc/transport/client';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { Settings } from '../config/settings.ts';
import { CliError, type CliErrorCode } from '../errors/cli-error.ts';
import { describeInvalid } from '../errors/invalid-result.ts';
import { displayUrl } from './display-url.ts';

/** Explains why one request failed. `method` is the request's name in the message. */
export function toRequestError(method: string, cause: unknown, connection: Settings): CliError {
    const fail = (message: string, code: CliErrorCode = 'unreachable') => new CliError(code, message, { cause });
    if (cause instanceof CliError) return cause;
    if (cause instanceof TransportError) return fromTransport(cause, connection);
    const invalid = describeInvalid(cause);
    if (invalid !== undefined)
        return fail(`the result of ${method} does not fit the protocol: ${invalid}`, 'tool-error');
    if (cause instanceof SyntaxError) return fail(`the answer to ${method} is not JSON: ${cause.message}`);
    // JSON.stringify and JSON.parse throw the same error.
    if (cause instanceof RangeError) {
        return fail(`the arguments of ${method}, or its answer, are nested too deeply or too large`);
    }
    if (isRedirectLoop(cause)) return fail(`${method} was redirected too often; check the address in --url`);
    if (!(cause instanceof McpError)) return fail(`${method} failed: ${reasonOf(cause)}`);
    const failure = fromReply(cause);
    if (failure) return fromTransport(failure, connection);
    // The SDK's own time limit shares its code with errors of servers, so the text decides.
    if (cause.code === ErrorCode.RequestTimeout && cause.message.endsWith(': Request timed out')) {
        return fail(`no answer to ${method} within ${connection.timeoutMs} ms; a larger --timeout waits longer`);
    }
    return fail(`${method} failed: ${messageOf(cause)} (${cause.code})`, 'tool-error');
}

/** Explains an error outside of all requests; undefined if the connection continues. */
export function toStreamError(url: URL, cause: Error): CliError | undefined {
    const fail = (message: string) => new CliError('unreachable', message, { cause });
    if (isNotAMessage(cause)) {
        return fail(`${displayUrl(url)} sent something that is not a JSON-RPC message; is it an MCP server?`);
    }
    // The SDK's Streamable HTTP gives up its stream without closing the connection, and has no class for that.
    if (!cause.message.startsWith('Maximum reconnection attempts')) return undefined;
    return fail(`lost ${displayUrl(url)}: its event stream does not come back`);
}

/** The error of `watch` if the server has no stream for notifications. */
export function toNoStream(url: URL, cause: TransportError): CliError {
    const answer = `it answered GET with ${answerOf(cause)}`;
    return new CliError('tool-error', `${displayUrl(url)} has no stream for notifications: ${answer}`, { cause });
}

/** Whether the stream had something that is not a message. An open connection ignores that. */
export function isNotAMessage(cause: Error): boolean {
    return cause instanceof TransportError && cause.code === 'not-a-message';
}

/** Whether the server may have executed the request that failed. */
export function isOutcomeUnknown(error: unknown): boolean {
    const failure = error instanceof McpError ? fromReply(error) : error;
    return failure instanceof TransportError && failure.code === 'outcome-unknown';
}

/** Explains the end of a connection, or why a message was not delivered. */
function fromTransport(cause: TransportError, { url, reconnectTimeoutMs }: Settings): CliError {
    const address = displayUrl(url);
    const fail = (message: string, code: CliErrorCode = 'unreachable') => new CliError(code, message, { cause });
    switch (cause.code) {
        case 'unauthorized':
            return fail(`not allowed at ${address}: ${answerOf(cause)}`, 'auth');
        case 'refused':
        case 'unreachable': {
            const { status, code } = cause;
            if (status === undefined && code === 'unreachable') {
                return fail(`lost ${address}: the event stream ended before the answer came`);
            }
            // The server is there and speaks MCP: it refuses this message. From 500 on the server itself has failed.
            const isFailing = status !== undefined && status >= 500;
            const message = `${cause.address ?? address} refused a message: ${answerOf(cause)}`;
            return fail(message, isFailing ? 'unreachable' : 'tool-error');
        }
        case 'gave-up':
            return fail(
                `lost ${address}: it did not come back within ${reconnectTimeoutMs} ms; a larger --reconnect-timeout waits longer`
            );
        case 'redirected':
            return fail(`cannot reach ${address}: it redirects, and that is not followed`);
        case 'ended':
            return fail(`lost ${address}: the server asks clients not to reconnect (204)`);
        case 'not-renewed':
        case 'too-large':
            return fail(`lost ${address}: ${cause.message}`);
        default:
            return fail(cause.message);
    }
}

/** The failure that the transport reports instead of a reply; undefined for an error reply of the server. */
function fromReply(error: McpError): TransportError | undefined {
    const code = Object(error.data).code;
    if (error.code !== ErrorCode.ConnectionClosed || typeof code !== 'string') return undefined;
    return new TransportError(code as TransportError['code'], messageOf(error), { cause: error });
}

/** The message without the prefix of the SDK. */
function messageOf(error: McpError): string {
    return error.message.replace(`MCP error ${error.code}: `, '');
}

/** The SDK follows some redirects within the origin, then gives up. Redirects to other origins never reach it. */
function isRedirectLoop(cause: unknown): boolean {
    return cause instanceof Error && /\bRedirect to \S+ not followed/.test(cause.message);
}

/** The reason without the SDK's prefixes. An error of the SDK may have the status as its code and no message. */
function reasonOf(cause: unknown): string {
    const { message = String(cause), code }: { message?: string; code?: unknown } = Object(cause);
    const reason = message.replace(/^Streamable HTTP error: (Error POSTing to endpoint: )?/, '').trim();
    return reason || `the server answered ${describeStatus(Number(code))}`;
}

function answerOf({ status, reason, message }: TransportError): string {
    if (status === undefined) return message;
    return describeStatus(status) + (reason ? ` (${reason})` : '');
}

/** Such as `404 Not Found`. */
export function describeStatus(status: number): string {
    return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}
