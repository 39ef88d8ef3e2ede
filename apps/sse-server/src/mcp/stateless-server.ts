import { type RegisterOptions, serverInfo } from '@calc/tools';
import { cacheHints, registerCalculator } from '@calc/tools/register-v2';
import { McpServer } from '@modelcontextprotocol/server';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';

// Shared, because each request would otherwise create its own Ajv.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** Makes the server of one stateless request, because the SDK binds each server to one exchange. */
export function createStatelessServer(options: RegisterOptions): McpServer {
    const server = new McpServer(serverInfo, { jsonSchemaValidator, cacheHints });
    registerCalculator(server, options);
    return server;
}
