import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
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

const transports = new Map<string, SSEServerTransport>();

const app = express();

app.get('/sse', async (_req, res) => {
    // TODO 2: if the client was here before, continue after its Last-Event-ID.
    const transport = new SSEServerTransport('/messages', res);
    // TODO 5: log a line when a session opens, and one when it closes.
    transports.set(transport.sessionId, transport);
    res.on('close', () => transports.delete(transport.sessionId));
    // TODO 1: write a comment each half second.
    await createServer().connect(transport);
});

app.post('/messages', async (req, res) => {
    const transport = transports.get(String(req.query.sessionId));
    // TODO 3: disconnect a client that does not read.
    if (transport) await transport.handlePostMessage(req, res);
    else res.status(404).send('Session not found');
});

// TODO 4: GET /health answers the number of sessions.

app.listen(PORT, '127.0.0.1', () => console.log(`Open http://localhost:${PORT}/sse`));

// TODO 6: on SIGTERM, answer the calls in flight, end the streams, and stop.
