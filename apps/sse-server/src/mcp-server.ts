import type { Clock, Environment } from '@calc/tools';
import { registerCalculator } from '@calc/tools/register';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { version } from './version.ts';

// A validator is an Ajv: half a millisecond and 18 KB, which every server would make for itself.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** Makes the server of one session: a server of the SDK speaks to one client only. */
export function createMcpServer(environment: Environment, clock: Clock): McpServer {
    const server = new McpServer({ name: 'mcp-calculator', title: 'MCP calculator', version }, { jsonSchemaValidator });
    registerCalculator(server, { environment, clock, transport: 'sse' });
    return server;
}
