import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';
import { z } from 'zod';

function createServer(): McpServer {
    const server = new McpServer({ name: 'adder', version: '1.0.0' });
    server.registerTool('add', { inputSchema: z.object({ a: z.number(), b: z.number() }) }, ({ a, b }) => ({
        content: [{ type: 'text', text: String(a + b) }]
    }));
    return server;
}

const handle = toNodeHandler(createMcpHandler(createServer));
const app = express();

app.all('/mcp', (req, res) => void handle(req, res));

app.listen(Number(process.env.PORT ?? 3001), '127.0.0.1');
