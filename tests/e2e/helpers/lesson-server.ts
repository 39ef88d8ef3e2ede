import type { IncomingHttpHeaders } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';
import { z } from 'zod';
import { serveHttp } from './client-fixtures.ts';

/**
 * The server of every tutorial, for pages of other origins: the SDK's SSEServerTransport on Express. A stream that
 * breaks takes its session along.
 *
 * @param allows which origins CORS lets in.
 */
export async function serveLesson(allows: (origin: string) => boolean) {
    const sessions = new Map<string, SSEServerTransport>();
    const seen: IncomingHttpHeaders[] = [];
    const app = express();
    app.use((req, res, next) => {
        seen.push(req.headers);
        const { origin = '' } = req.headers;
        if (allows(origin)) res.set({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
        if (req.method !== 'OPTIONS') return next();
        res.set('Access-Control-Allow-Headers', 'content-type').sendStatus(204);
    });
    app.get('/sse', async (_req, res) => {
        const transport = new SSEServerTransport('/messages', res);
        sessions.set(transport.sessionId, transport);
        res.on('close', () => sessions.delete(transport.sessionId));
        const server = new McpServer({ name: 'lesson', version: '2.1.0' });
        const inputSchema = { a: z.number(), b: z.number() };
        server.registerTool('add', { title: 'Add two numbers', inputSchema }, ({ a, b }) => ({
            content: [{ type: 'text', text: `the sum is ${a + b}` }]
        }));
        await server.connect(transport);
        // No test is to wait the three seconds that browsers take else.
        res.write('retry: 500\n\n');
    });
    app.post('/messages', async (req, res) => {
        const transport = sessions.get(String(req.query.sessionId));
        if (transport) await transport.handlePostMessage(req, res);
        else res.status(404).send('Session not found');
    });
    return Object.assign(await serveHttp(app), { seen });
}
