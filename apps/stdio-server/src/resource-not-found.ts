import type { McpServer, Transport } from '@modelcontextprotocol/server';

/** JSON-RPC 2.0, section 5.1: what the SDK makes of an unknown resource for every revision. */
const INVALID_PARAMS = -32602;
/** What the revisions with sessions have for it (MCP 2025-11-25, Resources, Error Handling). */
const RESOURCE_NOT_FOUND = -32002;

/** Gives the error for an unknown resource the code of the revisions up to 2025-11-25. */
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

/** The SDK tells this error from others by its data, which is `uri` and nothing else. */
function namesResource(data: unknown): boolean {
    return typeof data === 'object' && data !== null && Object.keys(data).join() === 'uri';
}
