import type { ServerResponse } from 'node:http';
import { type RequestId, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import type { SessionStore } from '../session/session-store.ts';
import { StreamableSession } from '../session/streamable-session.ts';
import type { McpRequest } from '../types.ts';
import { rejectRequest } from './reject-request.ts';

/**
 * Finds the session that `Mcp-Session-Id` names. If there is none, or `MCP-Protocol-Version` is wrong, answers the request
 * with an error and returns undefined.
 */
export function findMcpSession(
    req: McpRequest,
    res: ServerResponse,
    store: SessionStore,
    messageId: RequestId | null = null
): StreamableSession | undefined {
    const id = headerOf(req, 'mcp-session-id');
    if (id === undefined) return rejectRequest(res, store.observer, 'no-session', messageId);
    const session = store.find(id, req, StreamableSession);
    if (!session) return rejectRequest(res, store.observer, 'unknown-session', messageId);
    const version = headerOf(req, 'mcp-protocol-version');
    // Clients of 2025-03-26 send no version (MCP 2025-11-25, Protocol Version Header).
    if (version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(version)) {
        return rejectRequest(res, store.observer, 'bad-protocol-version', messageId);
    }
    return session;
}

/** The value of a header; an empty one counts as absent. */
export function headerOf(
    { headers }: McpRequest,
    name: 'mcp-session-id' | 'mcp-protocol-version' | 'last-event-id'
): string | undefined {
    return headers[name]?.toString() || undefined;
}
