import { type RegisterOptions, serverInfo } from '@calc/tools';
import { registerCalculator, SessionServer } from '@calc/tools/register-v1';
import type { ServerCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';

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
): SessionServer {
    const server = new SessionServer(serverInfo, { jsonSchemaValidator });
    registerCalculator(server, options);
    if (experimental) server.registerCapabilities({ experimental });
    if (onError) server.onerror = onError;
    return server;
}
