import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ScriptedSession, ToolCall } from './scripted-session.ts';

/** What the server does; the rest is MCP 2024-11-05 over HTTP+SSE. */
export interface Script {
    /** Path of the event stream, such as /mcp/sse. */
    streamPath: string;
    /** The form of the address in the event `endpoint`: a path, a whole URL, or relative to the address of the stream. */
    endpointForm: 'path' | 'url' | 'relative';
    /** How long the client is to wait before it connects again, in milliseconds; by default the client decides. */
    retryMs?: number;
    /** Makes the id of a session. */
    createId(): string;
    tools: { name: string; [member: string]: unknown }[];
    /**
     * Called for each tools/call, a moment after its POST is answered.
     *
     * @param sessions of the server, in the order of their streams.
     */
    onCall(call: ToolCall, sessions: readonly ScriptedSession[]): void;
    /** Whether `onCall` is called a moment before the POST is answered instead. */
    repliesFirst?: boolean;
    /** Answers requests for other addresses, such as the files of a page; returns whether it did. */
    serveOther?(request: IncomingMessage, response: ServerResponse): boolean;
}

/** A request that no server can accept. */
export interface Fault {
    kind: 'wrong-address' | 'session-ended' | 'wrong-type' | 'not-json-rpc' | 'not-initialized' | 'id-again';
    /** The request, as a report shows it. */
    request: string;
}
