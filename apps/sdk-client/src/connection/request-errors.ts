import { STATUS_CODES } from 'node:http';
import { TransportError } from '@calc/transport/client';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { CliError } from '../errors/cli-error.ts';
import { describeInvalid } from '../errors/invalid-result.ts';
import { displayUrl } from './display-url.ts';
import { type Failing, fromReply, toCliError } from './stream-errors.ts';

/** What an error outside all requests means for the whole connection; undefined if it does not end it. */
export function toStreamError(url: URL, cause: Error): CliError | undefined {
    const fail = (message: string) => new CliError('unreachable', message, { cause });
    if (isNotAMessage(cause)) {
        return fail(`${displayUrl(url)} sent something that is not a JSON-RPC message; is it an MCP server?`);
    }
    // The SDK's Streamable HTTP gives its stream up without an end of the connection, and has no class for that.
    if (!cause.message.startsWith('Maximum reconnection attempts')) return undefined;
    return fail(`lost ${displayUrl(url)}: its event stream does not come back`);
}

/** Whether the stream had something that is not a message, which an open connection passes over. */
export function isNotAMessage(cause: Error): boolean {
    return cause instanceof TransportError && cause.code === 'not-a-message';
}

/** Why one request failed; `method` is what the message calls it. */
export function toRequestError(method: string, cause: unknown, asked: Failing & { timeoutMs: number }): CliError {
    const fail = (message: string) => new CliError('unreachable', message, { cause });
    if (cause instanceof CliError) return cause;
    if (cause instanceof TransportError) return toCliError(cause, asked);
    const invalid = describeInvalid(cause);
    if (invalid !== undefined) {
        return new CliError('tool-error', `the result of ${method} does not fit the protocol: ${invalid}`, { cause });
    }
    if (cause instanceof SyntaxError) return fail(`the answer to ${method} is not JSON: ${cause.message}`);
    if (cause instanceof RangeError) return fail(`the answer to ${method} is nested too deeply or too large`);
    if (isRedirectLoop(cause)) return fail(`${method} was redirected too often; check the address in --url`);
    if (!(cause instanceof McpError)) {
        return fail(`${method} failed: ${withoutSdk(cause)}`);
    }
    const failure = fromReply(cause);
    if (failure) return toCliError(failure, asked);
    // The SDK's own time limit shares its code with errors of servers, so the text decides.
    if (cause.code === ErrorCode.RequestTimeout && cause.message.endsWith(': Request timed out')) {
        return fail(`no answer to ${method} within ${asked.timeoutMs} ms; a larger --timeout waits longer`);
    }
    const message = cause.message.replace(`MCP error ${cause.code}: `, '');
    return new CliError('tool-error', `${method} failed: ${message} (${cause.code})`, { cause });
}

/** The SDK follows some redirects within the origin, and then gives up. Another origin is refused before it sees one. */
function isRedirectLoop(cause: unknown): boolean {
    return cause instanceof Error && /\bRedirect to \S+ not followed/.test(cause.message);
}

/** The reason without the names of the SDK's classes, which say nothing to the user of a command line. */
function withoutSdk(cause: unknown): string {
    const { message = String(cause), code }: { message?: string; code?: unknown } = Object(cause);
    const reason = message.replace(/^Streamable HTTP error: (Error POSTing to endpoint: )?/, '').trim();
    // The SDK puts the body of the answer there, which may be empty; the code of its error is the status.
    return reason || `the server answered ${`${code} ${STATUS_CODES[Number(code)] ?? ''}`.trim()}`;
}
