import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { z } from 'zod';

function createServer(): McpServer {
    const server = new McpServer({ name: 'adder', version: '1.0.0' });
    server.registerTool('add', { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => ({
        content: [{ type: 'text', text: String(a + b) }]
    }));
    return server;
}

const transports = new Map<string, StreamableHTTPServerTransport>();
const app = express();

app.all('/mcp', express.json(), async (req, res) => {
    const known = transports.get(String(req.headers['mcp-session-id']));
    if (known) return await known.handleRequest(req, res, req.body);
    if (!isInitializeRequest(req.body)) {
        res.status(404).json({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } });
        return;
    }
    const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: id => void transports.set(id, transport)
    });
    transport.onclose = () => transports.delete(transport.sessionId ?? '');
    await createServer().connect(transport as Transport);
    await transport.handleRequest(req, res, req.body);
});

app.listen(Number(process.env.PORT ?? 3001), '127.0.0.1');
