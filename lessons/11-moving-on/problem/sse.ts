import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import type { Express } from 'express';

/** Adds HTTP+SSE, for the clients that do not know better. */
export function addSseRoutes(app: Express, createServer: () => McpServer) {
    const sessions = new Map<string, SSEServerTransport>();

    app.get('/sse', async (_req, res) => {
        const transport = new SSEServerTransport('/messages', res);
        sessions.set(transport.sessionId, transport);
        res.on('close', () => sessions.delete(transport.sessionId));
        await createServer().connect(transport);
    });

    app.post('/messages', async (req, res) => {
        const transport = sessions.get(String(req.query.sessionId));
        if (transport) await transport.handlePostMessage(req, res);
        else res.status(404).send('Session not found');
    });
}
