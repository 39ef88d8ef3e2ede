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
            if ('error' in message && isUnknownResource(message.error)) message.error.code = RESOURCE_NOT_FOUND;
            return send(message, options);
        };
        await connect(transport);
    };
}

/** The SDK gives this error one code in every revision. No other error with that code has `uri` as its only data. */
function isUnknownResource({ code, data }: { code: number; data?: unknown }): boolean {
    return code === RpcCode.InvalidParams && Object.keys(Object(data)).join() === 'uri';
}
