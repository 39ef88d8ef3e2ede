import { type RegisterOptions, serverInfo } from '@calc/tools';
import { cacheHints, registerCalculator } from '@calc/tools/register-v2';
import {
    type ConnectableServer,
    type Limits,
    type TransportName,
    toIdempotencyCapability
} from '@calc/transport/server';
import { McpServer } from '@modelcontextprotocol/server';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';
import { createMcpServer } from './mcp-server.ts';

/** Makes the MCP servers behind the transports. Tests replace the calculator's servers with their own. */
export interface Servers {
    /** A server of the SDK's first generation, for one session. `onError` gets an error for each message that it drops. */
    forSession(transport: TransportName, onError: (error: Error) => void): ConnectableServer;
    /** A server of the SDK's second generation, for one stateless request (2026-07-28). */
    forRequest(): McpServer;
}

// Shared, because each request would otherwise create its own Ajv.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** The calculator's servers; both generations share one definition of the tools. */
export function createServers(
    options: Omit<RegisterOptions, 'transport'>,
    limits: Pick<Limits, 'resumeWindowMs'>
): Servers {
    // Only sessions remember requests; stateless ones do not have the capability.
    const experimental = toIdempotencyCapability(limits);
    const stateless = { ...options, transport: 'streamable-http' as const };
    return {
        forSession: (transport, onError) => createMcpServer({ ...options, transport }, experimental, onError),
        forRequest() {
            const server = new McpServer(serverInfo, { jsonSchemaValidator, cacheHints });
            registerCalculator(server, stateless);
            return server;
        }
    };
}
