import { EventEmitter } from 'node:events';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';
import { z } from 'zod';
import { type HttpServer, serve } from './http-server.ts';

/** A server whose `events` tell a test what happens: each `request`; `called` and `cancelled` for the tool `wait`. */
export interface TestServer extends HttpServer {
    events: EventEmitter;
}

/** Starts an MCP server over HTTP+SSE, a session for each client. */
export async function startMcpServer(register = registerTools): Promise<TestServer> {
    const sessions = new Map<string, SSEServerTransport>();
    const events = new EventEmitter();
    const app = express();
    app.use((request, _response, next) => {
        events.emit('request', request);
        next();
    });
    app.get('/sse', async (_request, response) => {
        const transport = new SSEServerTransport('/messages', response);
        sessions.set(transport.sessionId, transport);
        const server = new McpServer({ name: 'test', version: '1.0.0' });
        register(server, events);
        await server.connect(transport);
    });
    app.post('/messages', async (request, response) => {
        await sessions.get(String(request.query.sessionId))?.handlePostMessage(request, response);
    });
    return { ...(await serve(app)), events };
}

function registerTools(server: McpServer, events: EventEmitter): void {
    server.registerTool(
        'add',
        {
            title: 'Add two numbers',
            description: 'Adds two numbers.',
            inputSchema: z.strictObject({ a: z.number().describe('The first'), b: z.number() })
        },
        ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] })
    );
    server.registerTool('fail', { inputSchema: z.strictObject({}) }, () => ({
        content: [{ type: 'text', text: 'this tool\nalways fails' }],
        isError: true
    }));
    server.registerTool('picture', {}, () => ({
        content: [
            { type: 'text', text: 'look:' },
            { type: 'image', mimeType: 'image/png', data: Buffer.from('1234').toString('base64') }
        ]
    }));
    server.registerTool('wait', {}, ({ signal }) => {
        signal.addEventListener('abort', () => events.emit('cancelled', signal.reason));
        events.emit('called');
        return new Promise(() => {});
    });
}
