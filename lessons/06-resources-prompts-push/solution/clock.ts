import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SubscribeRequestSchema, UnsubscribeRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const CLOCK_URI = 'clock://now';

/** What each session with a subscription does when the clock ticks. */
const listeners = new Set<() => void>();

setInterval(() => {
    for (const listener of listeners) listener();
}, 1000);

export function addClock(server: McpServer) {
    server.registerResource('clock', CLOCK_URI, { description: 'The time now' }, () => ({
        contents: [{ uri: CLOCK_URI, mimeType: 'text/plain', text: new Date().toISOString() }]
    }));

    const notify = () => void server.server.sendResourceUpdated({ uri: CLOCK_URI });

    server.server.registerCapabilities({ resources: { subscribe: true } });
    server.server.setRequestHandler(SubscribeRequestSchema, ({ params }) => {
        if (params.uri !== CLOCK_URI) throw new Error(`No resource ${params.uri}`);
        listeners.add(notify);
        return {};
    });
    server.server.setRequestHandler(UnsubscribeRequestSchema, () => {
        listeners.delete(notify);
        return {};
    });
    server.server.onclose = () => listeners.delete(notify);
}
