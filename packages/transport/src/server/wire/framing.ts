import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';

/** Every event stream; proxies must neither change nor hold back what comes. */
export const STREAM_HEADERS = {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no'
} as const;

export type StreamHeaders = typeof STREAM_HEADERS & Readonly<Record<string, string>>;

/** An answer that is one message. */
export const JSON_HEADERS = ['Content-Type', 'application/json', 'Cache-Control', 'no-store'] as const;

/** A comment: clients pass over it, and nobody between takes the stream for dead. */
export const KEEP_ALIVE = ': keepalive\n\n';

/**
 * The line that says how long a client waits before it reconnects, in milliseconds. It belongs into an event: some
 * clients, such as the Go SDK's, take a block that has no other line for the first event, and fail.
 */
export function toRetry(retryMs: number): string {
    return `retry: ${retryMs}\n`;
}

/**
 * The first event of a stream of HTTP+SSE: how long to wait before reconnecting, and where to post.
 * MCP 2024-11-05, Transports, HTTP with SSE: the endpoint event comes first.
 */
export function toOpening(retryMs: number, eventId: string, endpoint: string): string {
    return `${toRetry(retryMs)}id: ${eventId}\nevent: endpoint\ndata: ${endpoint}\n\n`;
}

/**
 * An event without data, which gives the client an id to come back with before there is any message (MCP 2025-11-25,
 * Transports, Sending Messages to the Server). Clients of older revisions would take it for a message.
 */
export function toPriming(retryMs: number, eventId: string): string {
    return `${toRetry(retryMs)}id: ${eventId}\ndata: \n\n`;
}

/** One message on one `data:` line: JSON escapes the line breaks that could end it. */
export function toMessageEvent(eventId: string, json: string): string {
    return `id: ${eventId}\nevent: message\ndata: ${json}\n\n`;
}

/**
 * The text of a message. A reply that cannot be written as JSON becomes an error reply: its request must not go
 * unanswered.
 *
 * @throws {TypeError} for any other message that cannot be written.
 */
export function toJson(message: JSONRPCMessage): string {
    try {
        return JSON.stringify(message);
    } catch (cause) {
        if ('method' in message) throw cause;
        const error = { code: RpcCode.InternalError, message: 'The result cannot be written as JSON' };
        return JSON.stringify({ jsonrpc: '2.0', id: message.id, error });
    }
}
