import { randomUUID } from 'node:crypto';
import { addMcpRoutes } from '@calc/lessons/tutorial';
import { serveHttp } from '@calc/test-helpers';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Running } from './running.ts';

/** The SDK's `SSEServerTransport` as tutorials serve it: at `/sse`, one McpServer a session, tools and nothing else. */
export async function startSseTutorial(port: number): Promise<Running> {
    const app = createMcpExpressApp();
    addMcpRoutes(app, createTutorial);
    return await serveHttp(app, port);
}

/** The SDK's `StreamableHTTPServerTransport` with sessions, at `/mcp`, with the same tools. */
export async function startStreamableTutorial(port: number): Promise<Running> {
    const sessions = new Map<string, StreamableHTTPServerTransport>();
    const app = createMcpExpressApp();
    app.all('/mcp', async (req, res) => {
        const id = req.headers['mcp-session-id'];
        const session = id === undefined && isInitializeRequest(req.body) ? await open() : sessions.get(String(id));
        if (session) await session.handleRequest(req, res, req.body);
        else if (id === undefined) res.status(400).send('Session wanted');
        else res.status(404).send('Session not found');
    });
    const open = async () => {
        const transport = new StreamableHTTPServerTransport({
            sessionIdGenerator: randomUUID,
            onsessioninitialized: id => void sessions.set(id, transport)
        });
        transport.onclose = () => sessions.delete(transport.sessionId ?? '');
        await createTutorial().connect(transport);
        return transport;
    };
    return await serveHttp(app, port);
}

function createTutorial(): McpServer {
    const server = new McpServer({ name: 'tutorial', version: '1.0.0' });
    server.registerTool('add', { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => ({
        content: [{ type: 'text', text: String(a + b) }]
    }));
    server.registerTool('echo', { inputSchema: { message: z.string() } }, ({ message }) => ({
        content: [{ type: 'text', text: message }]
    }));
    return server;
}
