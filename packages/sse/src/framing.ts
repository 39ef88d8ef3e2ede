import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { RpcCode } from './errors.ts';

/** Answers to `GET /sse`; proxies must neither change nor hold back what comes. */
export const STREAM_HEADERS = {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no'
} as const;

/** A comment: clients pass over it, and nobody between takes the stream for dead. */
export const KEEP_ALIVE = ': keepalive\n\n';

/**
 * The beginning of every stream: how long to wait before reconnecting, and where to post.
 * MCP 2024-11-05, Transports, HTTP with SSE: the endpoint event comes first.
 */
export function toOpening(retryMs: number, eventId: string, endpoint: string): string {
    return `retry: ${retryMs}\n\nid: ${eventId}\nevent: endpoint\ndata: ${endpoint}\n\n`;
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

/** An event id names the session and the position in it. Position 0 is before the first message. */
export function toEventId(sessionId: string, position: number): string {
    return `${sessionId}:${position}`;
}

const UUID = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
const EVENT_ID = new RegExp(`^(${UUID}):(\\d{1,15})$`);

/** The parts of a `Last-Event-ID`, or undefined if it is none of ours. */
export function parseEventId(header: string): { sessionId: string; position: number } | undefined {
    const [, sessionId, position] = EVENT_ID.exec(header) ?? [];
    return sessionId === undefined ? undefined : { sessionId, position: Number(position) };
}

const SESSION_ID = new RegExp(`^${UUID}$`, 'i');

/** Whether that could name a session. */
export function isSessionId(text: string): boolean {
    return SESSION_ID.test(text);
}

const QUERY = '?sessionId=';
const UUID_LENGTH = 36;

/** The one `sessionId` of a request's URL, whatever it is; undefined if there is none or more. */
export function parseSessionId(url: string): string | undefined {
    const query = url.indexOf('?');
    if (query === -1) return undefined;
    const start = query + QUERY.length;
    // The URL as the endpoint event gave it, which nearly all are: no need to take it apart.
    if (url.length === start + UUID_LENGTH && url.startsWith(QUERY, query)) return url.slice(start);
    const [id, ...others] = new URLSearchParams(url.slice(query)).getAll('sessionId');
    return others.length === 0 ? id : undefined;
}
