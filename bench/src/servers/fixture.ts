// @calc/transport on node:http alone, with a server that can be told to talk: the app's tools have no such lever.
import { createServer } from 'node:http';
import { createSessions } from '@calc/transport/server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { pushLogs } from './push.ts';
import { listen, serve } from './serve.ts';

const servers = new Map<string, McpServer>();

const sessions = createSessions({
    endpoint: '/messages',
    createServer({ id }) {
        const server = createAdder();
        servers.set(id, server);
        return server;
    }
});

const server = createServer((req, res) => {
    if (req.url === '/sse') void sessions.handleStream(req, res);
    else sessions.handleMessage(req, res);
});

function createAdder(): McpServer {
    const adder = new McpServer({ name: 'fixture', version: '1.0.0' }, { capabilities: { logging: {} } });
    adder.registerTool(
        'add',
        { inputSchema: { a: z.number(), b: z.number() }, outputSchema: { sum: z.number() } },
        async ({ a, b }) => {
            const sum = a + b;
            return { content: [{ type: 'text', text: String(sum) }], structuredContent: { sum } };
        }
    );
    return adder;
}

serve(await listen(server), async request => {
    const pushed = servers.get(request.sessionId);
    if (!pushed) throw new Error('no such session');
    return await pushLogs(pushed, request);
});
