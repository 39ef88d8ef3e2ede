import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import { z } from 'zod';
import { addSseRoutes } from './sse.ts';

const PORT = Number(process.env.PORT ?? 3001);

const app = express();
addSseRoutes(app, createServer);
// TODO 2: add the route /mcp, from mcp.ts.
app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/mcp or http://localhost:${PORT}/sse`);
});

// TODO 1: use the McpServer of the second generation, from @modelcontextprotocol/server.
function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    const inputSchema = { a: z.number(), b: z.number() };
    server.registerTool('add', { description: 'Add two numbers.', inputSchema }, ({ a, b }) => ({
        content: [{ type: 'text', text: String(a + b) }]
    }));
    return server;
}
