import { createSessions } from '@calc/transport/server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import { z } from 'zod';

const PORT = Number(process.env.PORT ?? 3001);

function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    server.registerTool(
        'echo',
        {
            description: 'Send the message back, after ms milliseconds.',
            inputSchema: { message: z.string(), ms: z.number().default(0) }
        },
        async ({ message, ms }) => {
            await new Promise(resolve => setTimeout(resolve, ms));
            return { content: [{ type: 'text', text: message }] };
        }
    );
    return server;
}

const sessions = createSessions({
    endpoint: '/messages',
    createServer,
    // So that you see it. In production, 15 seconds are enough for most proxies.
    limits: { heartbeatMs: 500 },
    observer: {
        opened: ({ id }) => console.log(`session ${id.slice(0, 8)} opened`),
        closed: ({ id }, reason) => console.log(`session ${id.slice(0, 8)} closed: ${reason}`)
    }
});

const app = express();

app.get('/sse', sessions.handleStream);
app.post('/messages', sessions.handleMessage);

app.get('/health', (_req, res) => {
    res.json({ sessions: sessions.size });
});

const listener = app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

process.once('SIGTERM', async () => {
    await sessions.drain(10_000);
    listener.close();
});
