import type { SseServer, TransportName } from '@calc/sse';
import type { RegisterOptions } from '@calc/tools';
import type { McpServer } from '@modelcontextprotocol/server';
import { createMcpServer } from './mcp-server.ts';
import { createStatelessServer } from './stateless-server.ts';

/** What makes the MCP servers behind the transports; tests put their own in place of the calculator's. */
export interface Servers {
    /** A server of the SDK's first generation, for one session. `onError` is told what it drops. */
    forSession(transport: TransportName, onError: (error: Error) => void): SseServer;
    /** A server of the SDK's second generation, for one stateless request (2026-07-28). */
    forRequest(): McpServer;
}

/** The calculator's servers, from one definition of its tools. */
export function createServers(options: Omit<RegisterOptions, 'transport'>): Servers {
    const stateless = { ...options, transport: 'streamable-http' as const };
    return {
        forSession: (transport, onError) => createMcpServer({ ...options, transport }, onError),
        forRequest: () => createStatelessServer(stateless)
    };
}
