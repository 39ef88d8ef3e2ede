import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';

const PORT = Number(process.env.PORT ?? 3001);

const server = new McpServer({ name: 'calculator', version: '1.0.0' });

// TODO 3: register the tool `add`.

const app = express();

// TODO 1: on GET /sse, make an SSEServerTransport, and connect the server to it.

// TODO 2: on POST /messages, hand the request to the transport.

app.get('/health', (_req, res) => {
    res.json({ connected: server.isConnected() });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});
