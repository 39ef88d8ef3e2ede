import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from '../../message/rpc-code.ts';

/** The headers of an event stream. They ask proxies not to change or delay events. */
export const STREAM_HEADERS = {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no'
} as const;

export type StreamHeaders = typeof STREAM_HEADERS & Readonly<Record<string, string>>;

/** The headers of an answer that is one message. */
export const JSON_HEADERS = ['Content-Type', 'application/json', 'Cache-Control', 'no-store'] as const;

/** A comment. Clients ignore it, and it keeps proxies from closing a silent stream. */
export const KEEP_ALIVE = ': keepalive\n\n';

/**
 * The line that says how long a client waits before it reconnects, in milliseconds. It belongs to an event:
 * some clients, such as the Go SDK's, treat a block with no other line as the first event, and fail.
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
 * Transports, Sending Messages to the Server). Clients of older revisions would treat it as a message.
 */
export function toPriming(retryMs: number, eventId: string): string {
    return `${toRetry(retryMs)}id: ${eventId}\ndata: \n\n`;
}

/** One message on one `data:` line. JSON escapes line breaks, so that no message can end the line. */
export function toMessageEvent(eventId: string, json: string): string {
    return `id: ${eventId}\nevent: message\ndata: ${json}\n\n`;
}

/**
 * The text of a message. A reply that cannot be written as JSON becomes an error reply, so that every request is
 * answered.
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
