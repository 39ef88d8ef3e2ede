import type { RegisterOptions } from '@calc/tools';
import {
    type ConnectableServer,
    type Limits,
    type TransportName,
    toIdempotencyCapability
} from '@calc/transport/server';
import type { McpServer } from '@modelcontextprotocol/server';
import { createMcpServer } from './mcp-server.ts';
import { createStatelessServer } from './stateless-server.ts';

/** What makes the MCP servers behind the transports; tests put their own in place of the calculator's. */
export interface Servers {
    /** A server of the SDK's first generation, for one session. `onError` is told what it drops. */
    forSession(transport: TransportName, onError: (error: Error) => void): ConnectableServer;
    /** A server of the SDK's second generation, for one stateless request (2026-07-28). */
    forRequest(): McpServer;
}

/** The calculator's servers, from one definition of its tools. `limits` are those of the sessions. */
export function createServers(
    options: Omit<RegisterOptions, 'transport'>,
    limits: Pick<Limits, 'resumeWindowMs'>
): Servers {
    // Stateless requests have no session that would remember them.
    const experimental = toIdempotencyCapability(limits);
    const stateless = { ...options, transport: 'streamable-http' as const };
    return {
        forSession: (transport, onError) => createMcpServer({ ...options, transport }, experimental, onError),
        forRequest: () => createStatelessServer(stateless)
    };
}
