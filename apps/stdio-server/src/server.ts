import { type RegisterOptions, serverInfo } from '@calc/tools';
import { cacheHints, registerCalculator } from '@calc/tools/register-v2';
import { McpServer, type McpServerFactory } from '@modelcontextprotocol/server';
import { useResourceNotFound } from './resource-not-found.ts';

/** Makes the calculator's server for one connection, of whichever revision its client turns out to speak. */
export function serverFactory(options: RegisterOptions): McpServerFactory {
    return ({ era }) => {
        const server = new McpServer(serverInfo, { cacheHints });
        const subscription = registerCalculator(server, options);
        // Who listens by `subscriptions/listen` is known to the SDK alone, which drops what nobody asked for.
        if (era === 'modern') subscription.start();
        else useResourceNotFound(server);
        return server;
    };
}
