import type { IncomingHttpHeaders } from 'node:http';
import { addMcpRoutes } from '@calc/lessons/tutorial';
import { serveHttp } from '@calc/test-helpers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import { z } from 'zod';

/**
 * Serves a tutorial server to pages of other origins.
 *
 * @param allows whether CORS allows an origin.
 */
export async function serveWithCors(allows: (origin: string) => boolean) {
    const seen: IncomingHttpHeaders[] = [];
    const app = express();
    app.use((req, res, next) => {
        seen.push(req.headers);
        const { origin = '' } = req.headers;
        if (allows(origin)) res.set({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
        if (req.method !== 'OPTIONS') return next();
        res.set('Access-Control-Allow-Headers', 'content-type').sendStatus(204);
    });
    const createServer = () => {
        const server = new McpServer({ name: 'lesson', version: '2.1.0' });
        const inputSchema = { a: z.number(), b: z.number() };
        server.registerTool('add', { title: 'Add two numbers', inputSchema }, ({ a, b }) => ({
            content: [{ type: 'text', text: `the sum is ${a + b}` }]
        }));
        return server;
    };
    // By default browsers wait three seconds before they reconnect.
    app.get('/sse', (_req, res, next) => {
        next();
        res.write('retry: 500\n\n');
    });
    addMcpRoutes(app, createServer);
    return Object.assign(await serveHttp(app), { seen });
}
