import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';
import { z } from 'zod';

function createServer(): McpServer {
    const server = new McpServer({ name: 'adder', version: '1.0.0' });
    server.registerTool('add', { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => ({
        content: [{ type: 'text', text: String(a + b) }]
    }));
    return server;
}

const transports = new Map<string, SSEServerTransport>();
const app = express();

app.get('/sse', async (_req, res) => {
    const transport = new SSEServerTransport('/messages', res);
    transports.set(transport.sessionId, transport);
    res.on('close', () => transports.delete(transport.sessionId));
    await createServer().connect(transport);
});

app.post('/messages', async (req, res) => {
    const transport = transports.get(String(req.query.sessionId));
    if (transport) await transport.handlePostMessage(req, res);
    else res.status(404).send('Session not found');
});

app.listen(Number(process.env.PORT ?? 3001), '127.0.0.1');
