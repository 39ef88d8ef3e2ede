import type { RegisterOptions } from '@calc/tools';
import { registerCalculator } from '@calc/tools/register-v1';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { ServerCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { version } from './version.ts';

// A validator is an Ajv: half a millisecond and 18 KB, which every server would make for itself.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/**
 * Makes the server of one session: a server of the SDK speaks to one client only. `experimental` is what its transport
 * can do besides MCP; `onError` is notified of what the SDK drops.
 */
export function createMcpServer(
    options: RegisterOptions,
    experimental?: ServerCapabilities['experimental'],
    onError?: (error: Error) => void
): McpServer {
    const server = new McpServer({ name: 'mcp-calculator', title: 'MCP calculator', version }, { jsonSchemaValidator });
    registerCalculator(server, options);
    if (experimental) server.server.registerCapabilities({ experimental });
    if (onError) server.server.onerror = onError;
    return server;
}
