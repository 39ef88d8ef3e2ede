import { type RegisterOptions, serverInfo } from '@calc/tools';
import { registerCalculator, SessionServer } from '@calc/tools/register-v1';
import type { ServerCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';

// Shared, because each server would otherwise create its own Ajv, which takes half a millisecond and 18 KB.
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/**
 * Makes the server of one session, because a server of the SDK serves only one client.
 *
 * @param experimental capabilities of the transport that are not part of MCP.
 * @param onError called with an error for each message that the SDK drops.
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
