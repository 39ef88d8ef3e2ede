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

/** The JSON in the frame of a message. */
export function fromMessageEvent(frame: string): string {
    return frame.slice(frame.indexOf(DATA) + DATA.length, -2);
}

const DATA = '\ndata: ';

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

/**
 * An event id names the way that the event came, and the position in it. Position 0 is before the first message.
 * The way is the session, and in Streamable HTTP also one of its streams.
 */
export function toEventId(name: string, position: number): string {
    return `${name}:${position}`;
}

const UUID = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
const EVENT_ID = new RegExp(`^(${UUID})(?::(\\d{1,15}))?:(\\d{1,15})$`);

export interface EventId {
    sessionId: string;
    /** Only in Streamable HTTP: one of the session's streams. */
    stream: number | undefined;
    position: number;
}

/** The parts of a `Last-Event-ID`, or undefined if it is none of ours. */
export function parseEventId(header: string): EventId | undefined {
    const [, sessionId, stream, position] = EVENT_ID.exec(header) ?? [];
    if (sessionId === undefined) return undefined;
    return { sessionId, stream: stream === undefined ? undefined : Number(stream), position: Number(position) };
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
