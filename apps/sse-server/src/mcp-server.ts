import type { RegisterOptions } from '@calc/tools';
import { registerCalculator } from '@calc/tools/register-v1';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { version } from './version.ts';

// A validator is an Ajv: half a millisecond and 18 KB, which every server would make for itself.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** Makes the server of one session: a server of the SDK speaks to one client only. `onError` is told what it drops. */
export function createMcpServer(options: RegisterOptions, onError?: (error: Error) => void): McpServer {
    const server = new McpServer({ name: 'mcp-calculator', title: 'MCP calculator', version }, { jsonSchemaValidator });
    registerCalculator(server, options);
    if (onError) server.server.onerror = onError;
    return server;
}
