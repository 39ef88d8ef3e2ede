import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import { z } from 'zod';
import { addMcpRoutes } from './sessions.ts';

const PORT = Number(process.env.PORT ?? 3001);

function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    server.registerTool(
        'add',
        { description: 'Add two numbers.', inputSchema: { a: z.number(), b: z.number() } },
        ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] })
    );
    return server;
}

const app = express();
const sessions = addMcpRoutes(app, createServer);

app.get('/health', (_req, res) => {
    res.json({ sessions: sessions.size });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});
