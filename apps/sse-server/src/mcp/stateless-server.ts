import type { RegisterOptions } from '@calc/tools';
import { cacheHints, registerCalculator } from '@calc/tools/register-v2';
import { McpServer } from '@modelcontextprotocol/server';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';
import { version } from '../version.ts';

// As with the first generation: a validator is an Ajv, and here every request would make one.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** Makes the server of one stateless request: the SDK binds each to one exchange. */
export function createStatelessServer(options: RegisterOptions): McpServer {
    const info = { name: 'mcp-calculator', title: 'MCP calculator', version };
    const server = new McpServer(info, { jsonSchemaValidator, cacheHints });
    registerCalculator(server, options);
    return server;
}
