import type { Clock, Environment } from '@calc/tools';
import { registerCalculator } from '@calc/tools/register';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { version } from './version.ts';

/** Makes the server of one session: a server of the SDK speaks to one client only. */
export function createMcpServer(environment: Environment, clock: Clock): McpServer {
    const server = new McpServer({ name: 'mcp-calculator', title: 'MCP calculator', version });
    registerCalculator(server, { environment, clock, transport: 'sse' });
    return server;
}
