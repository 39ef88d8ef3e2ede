import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import type { Express } from 'express';

/** What belongs to one client, and ends with its stream. */
export interface Session {
    server: McpServer;
    transport: SSEServerTransport;
}

/** Adds GET /sse and POST /messages to an app. Returns the open sessions, by session id. */
export function addMcpRoutes(app: Express, createServer: () => McpServer): Map<string, Session> {
    const sessions = new Map<string, Session>();

    app.get('/sse', async (_req, res) => {
        const transport = new SSEServerTransport('/messages', res);
        const server = createServer();
        sessions.set(transport.sessionId, { server, transport });
        res.on('close', () => sessions.delete(transport.sessionId));
        await server.connect(transport);
    });

    app.post('/messages', async (req, res) => {
        const session = sessions.get(String(req.query.sessionId));
        if (session) await session.transport.handlePostMessage(req, res, req.body);
        else res.status(404).send('Session not found');
    });

    return sessions;
}
