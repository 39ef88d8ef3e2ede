import { SseError } from '@modelcontextprotocol/sdk/client/sse.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { displayUrl } from './display-url.ts';
import { CliError } from './errors.ts';

/** What an error of the transport means for the whole connection; undefined if it concerns one request only. */
export function toStreamError(url: URL, cause: Error): CliError | undefined {
    const fail = (message: string) => new CliError('unreachable', message, { cause });
    if (cause instanceof SyntaxError || cause instanceof z.ZodError) {
        return fail(`${displayUrl(url)} sent something that is not a JSON-RPC message; is it an MCP server?`);
    }
    const isLost = cause.message.startsWith('Maximum reconnection attempts');
    // Only an answer has a status; without one it is the stream itself that broke off.
    if (isLost || (cause instanceof SseError && cause.code === undefined)) {
        return fail(`lost ${displayUrl(url)}: the event stream ended before the answer came`);
    }
    if (!(cause instanceof SseError)) return undefined;
    return fail(`cannot reach ${displayUrl(url)}: ${withoutSdk(cause.message)}`);
}

/** Why one request failed; `method` is what the message calls it. */
export function toRequestError(method: string, cause: unknown, timeoutMs: number): CliError {
    const fail = (message: string) => new CliError('unreachable', message, { cause });
    if (cause instanceof CliError) return cause;
    if (cause instanceof z.ZodError) {
        return fail(`the answer to ${method} does not fit the protocol: ${z.prettifyError(cause)}`);
    }
    if (!(cause instanceof McpError)) {
        return fail(`${method} failed: ${withoutSdk(cause instanceof Error ? cause.message : String(cause))}`);
    }
    // The SDK's own time limit shares its code with errors of servers, so the text decides.
    if (cause.code === ErrorCode.RequestTimeout && cause.message.endsWith(': Request timed out')) {
        return fail(`no answer to ${method} within ${timeoutMs} ms; a larger --timeout waits longer`);
    }
    const message = cause.message.replace(`MCP error ${cause.code}: `, '');
    return new CliError('tool-error', `${method} failed: ${message} (${cause.code})`, { cause });
}

/** What the SDK's classes and options are called says nothing to the user of a command line. */
function withoutSdk(message: string): string {
    return message
        .replace(/^(SSE|Streamable HTTP) error: /, '')
        .replace(/^Error POSTing to endpoint: /, '')
        .replace(/ \(redirectPolicy: .*\)$/, '');
}
