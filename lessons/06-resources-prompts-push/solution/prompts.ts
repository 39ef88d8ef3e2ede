import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

export function addPrompts(server: McpServer) {
    const argsSchema = { timezone: z.string().describe('Such as Europe/Paris') };
    server.registerPrompt('what-time-is-it', { argsSchema }, ({ timezone }) => ({
        messages: [
            { role: 'user', content: { type: 'text', text: `What time is it in ${timezone}? Use server_time.` } }
        ]
    }));
}
