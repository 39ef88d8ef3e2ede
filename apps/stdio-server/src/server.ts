import { type RegisterOptions, serverInfo } from '@calc/tools';
import { cacheHints, registerCalculator } from '@calc/tools/register-v2';
import { McpServer, type McpServerFactory } from '@modelcontextprotocol/server';
import { useResourceNotFound } from './resource-not-found.ts';

/** Creates the calculator's server for one connection, for the revision that the client speaks. */
export function serverFactory(options: RegisterOptions): McpServerFactory {
    return ({ era }) => {
        const server = new McpServer(serverInfo, { cacheHints });
        const subscription = registerCalculator(server, options);
        // Only the SDK knows the clients of `subscriptions/listen`; it drops notifications without a subscription.
        if (era === 'modern') subscription.start();
        else useResourceNotFound(server);
        return server;
    };
}
