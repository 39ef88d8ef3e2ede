import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';
import { z } from 'zod';

const PORT = Number(process.env.PORT ?? 3001);

// TODO 2: make a new McpServer for each stream: turn these lines into a function `createServer`.
const server = new McpServer({ name: 'calculator', version: '1.0.0' });

server.registerTool(
    'add',
    { description: 'Add two numbers.', inputSchema: { a: z.number(), b: z.number() } },
    ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] })
);

// TODO 3: one variable holds one client. Keep the sessions in a Map, by session id, in a file of its own.
/** The connection to the client. */
let transport: SSEServerTransport | undefined;

const app = express();

app.get('/sse', async (_req, res) => {
    // TODO 4: remove the session from the Map when its stream closes.
    transport = new SSEServerTransport('/messages', res);
    await server.connect(transport);
});

app.post('/messages', async (req, res) => {
    // TODO 3: find the transport by the session id in the address. Answer 404 if there is none.
    if (transport) await transport.handlePostMessage(req, res);
    else res.status(404).send('Session not found');
});

app.get('/health', (_req, res) => {
    // TODO 5: answer the number of sessions.
    res.json({ connected: server.isConnected() });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});
