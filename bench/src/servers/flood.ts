import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

/** So many are sent at once, and then none for so many milliseconds: 2,500 a second at most. */
const AT_ONCE = 25;
const PAUSE_MS = 10;

/** A server whose tool `flood` sends so many events, each as long as many a message is, before it answers. */
export function createFloodServer(events: number): McpServer {
    const server = new McpServer({ name: 'flood', version: '1' }, { capabilities: { logging: {} } });
    server.registerTool('flood', {}, async ({ sendNotification }) => {
        for (let count = 1; count <= events; count++) {
            const data = `event ${count} of ${events}: ${'x'.repeat(100)}`;
            await sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
            if (count % AT_ONCE === 0) await sleep(PAUSE_MS);
        }
        return { content: [{ type: 'text', text: 'all sent' }] };
    });
    return server;
}
