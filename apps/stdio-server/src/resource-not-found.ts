import { RpcCode } from '@calc/transport/message';
import type { McpServer, Transport } from '@modelcontextprotocol/server';

/** The code of the revisions with sessions (MCP 2025-11-25, Resources, Error Handling). */
const RESOURCE_NOT_FOUND = -32002;

/** Changes the error code for an unknown resource to that of the revisions up to 2025-11-25. */
export function useResourceNotFound(server: McpServer): void {
    const connect = server.connect.bind(server);
    server.connect = async (transport: Transport) => {
        const send = transport.send.bind(transport);
        transport.send = (message, options) => {
            // The SDK's code for an unknown resource, in every revision.
            if (
                'error' in message &&
                message.error.code === RpcCode.InvalidParams &&
                namesResource(message.error.data)
            ) {
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
