import { McpServer } from '@modelcontextprotocol/server';
import express from 'express';
import { z } from 'zod';
import { addMcpRoute } from './mcp.ts';
import { addSseRoutes } from './sse.ts';

const PORT = Number(process.env.PORT ?? 3001);

const app = express();
addSseRoutes(app, createServer);
addMcpRoute(app, createServer);
app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/mcp or http://localhost:${PORT}/sse`);
});

function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    const inputSchema = z.object({ a: z.number(), b: z.number() });
    server.registerTool('add', { description: 'Add two numbers.', inputSchema }, ({ a, b }) => ({
        content: [{ type: 'text', text: String(a + b) }]
    }));
    return server;
}
