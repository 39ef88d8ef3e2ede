// The server of every tutorial, made right for several clients: one McpServer a session, and nothing beside it.
import { createServer } from 'node:http';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';
import { createCalculator } from './calculator.ts';
import { pushLogs } from './push.ts';
import { listen, serve } from './serve.ts';

const sessions = new Map<string, { server: McpServer; transport: SSEServerTransport }>();

const app = express();

app.get('/sse', async (_req, res) => {
    const transport = new SSEServerTransport('/messages', res);
    const server = createCalculator();
    sessions.set(transport.sessionId, { server, transport });
    res.on('close', () => sessions.delete(transport.sessionId));
    await server.connect(transport);
});

app.post('/messages', async (req, res) => {
    const session = sessions.get(String(req.query.sessionId));
    if (session) await session.transport.handlePostMessage(req, res);
    else res.status(404).send('Session not found');
});

serve(await listen(createServer(app)), async request => {
    const session = sessions.get(request.sessionId);
    if (!session) throw new Error('no such session');
    return await pushLogs(session.server, request);
});
