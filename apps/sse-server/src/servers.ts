import type { SseServer, TransportName } from '@calc/sse';
import type { Clock, Environment } from '@calc/tools';
import type { CallReport } from '@calc/tools/register';
import { createMcpServer } from './mcp-server.ts';

/** What makes the MCP servers behind the transports; tests put their own in place of the calculator's. */
export interface Servers {
    /** A server of the SDK's first generation, for one session. `onError` is told what it drops. */
    forSession(transport: TransportName, onError: (error: Error) => void): SseServer;
}

export interface ServersOptions {
    environment: Environment;
    clock: Clock;
    /** Told of every call of a tool. */
    onCall?(report: CallReport): void;
}

/** The calculator's servers, from one definition of its tools. */
export function createServers(options: ServersOptions): Servers {
    return { forSession: (transport, onError) => createMcpServer({ ...options, transport }, onError) };
}
