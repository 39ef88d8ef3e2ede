import { type RegisterOptions, serverInfo } from '@calc/tools';
import { cacheHints, registerCalculator } from '@calc/tools/register-v2';
import { McpServer } from '@modelcontextprotocol/server';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';

// As with the first generation: a validator is an Ajv, and here every request would make one.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** Makes the server of one stateless request: the SDK binds each to one exchange. */
export function createStatelessServer(options: RegisterOptions): McpServer {
    const server = new McpServer(serverInfo, { jsonSchemaValidator, cacheHints });
    registerCalculator(server, options);
    return server;
}
