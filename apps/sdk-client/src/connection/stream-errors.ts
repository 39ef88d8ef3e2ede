import { STATUS_CODES } from 'node:http';
import { TransportError } from '@calc/transport/client';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { CliError } from '../errors/cli-error.ts';
import { displayUrl } from './display-url.ts';

/** The connection that an error is about. */
export interface Failing {
    url: URL;
    reconnectTimeoutMs: number;
}

/** What the user is told of a connection that is over, or of a message that did not get through. */
export function toCliError(error: TransportError, { url, reconnectTimeoutMs }: Failing): CliError {
    const address = displayUrl(url);
    const fail = (message: string) => new CliError('unreachable', message, { cause: error });
    switch (error.code) {
        case 'unauthorized':
            return new CliError('auth', `not allowed at ${address}: ${answerOf(error)}`, { cause: error });
        case 'refused':
        case 'unreachable':
            if (error.status !== undefined || error.code === 'refused') return toRefused(error, address);
            return fail(`lost ${address}: the event stream ended before the answer came`);
        case 'gave-up': {
            const hint = 'a larger --reconnect-timeout waits longer';
            return fail(`lost ${address}: it did not come back within ${reconnectTimeoutMs} ms; ${hint}`);
        }
        case 'redirected':
            return fail(`cannot reach ${address}: it redirects, and that is not followed`);
        case 'ended':
            return fail(`lost ${address}: the server wants no client to come back`);
        case 'not-renewed':
        case 'too-large':
            return fail(`lost ${address}: ${error.message}`);
        default:
            return fail(error.message);
    }
}

/** What the user is told who watches a server that has no stream for that. */
export function toNoStream(url: URL, reason: TransportError): CliError {
    const answer = `it answered GET with ${answerOf(reason)}`;
    return new CliError('tool-error', `${displayUrl(url)} sends nothing of its own accord: ${answer}`, {
        cause: reason
    });
}

/** The failure that stands in the place of a reply which will not come; undefined for a reply of the server. */
export function fromReply(error: McpError): TransportError | undefined {
    const code = Object(error.data).code;
    if (error.code !== ErrorCode.ConnectionClosed || typeof code !== 'string') return undefined;
    const message = error.message.replace(`MCP error ${error.code}: `, '');
    return new TransportError(code as TransportError['code'], message, { cause: error });
}

/** Whether a request failed so that the server may have executed it. */
export function isOutcomeUnknown(error: unknown): boolean {
    const failure = error instanceof McpError ? fromReply(error) : error;
    return failure instanceof TransportError && failure.code === 'outcome-unknown';
}

/** The server is there and understood: it is this message that it does not take. One in trouble is out of reach. */
function toRefused(error: TransportError, listening: string): CliError {
    const { status, address = listening } = error;
    const code = status !== undefined && status >= 500 ? 'unreachable' : 'tool-error';
    return new CliError(code, `${address} refused a message: ${answerOf(error)}`, { cause: error });
}

function answerOf({ status, reason, message }: TransportError): string {
    if (status === undefined) return message;
    return `${status} ${STATUS_CODES[status] ?? ''}`.trim() + (reason ? ` (${reason})` : '');
}
