import type { McpServer, Transport } from '@modelcontextprotocol/server';

/** The SDK's code for an unknown resource, in every revision (JSON-RPC 2.0, section 5.1). */
const INVALID_PARAMS = -32602;
/** The code of the revisions with sessions (MCP 2025-11-25, Resources, Error Handling). */
const RESOURCE_NOT_FOUND = -32002;

/** Changes the error code for an unknown resource to that of the revisions up to 2025-11-25. */
export function useResourceNotFound(server: McpServer): void {
    const connect = server.connect.bind(server);
    server.connect = async (transport: Transport) => {
        const send = transport.send.bind(transport);
        transport.send = (message, options) => {
            if ('error' in message && message.error.code === INVALID_PARAMS && namesResource(message.error.data)) {
                message.error.code = RESOURCE_NOT_FOUND;
            }
            return send(message, options);
        };
        await connect(transport);
    };
}

/** Only the error for an unknown resource has `uri` as its only data. */
function namesResource(data: unknown): boolean {
    return typeof data === 'object' && data !== null && Object.keys(data).join() === 'uri';
}
