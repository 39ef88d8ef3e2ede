import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import { addClock } from './clock.ts';
import { addPrompts } from './prompts.ts';
import { addMcpRoutes } from './sessions.ts';
import { addTools } from './tools.ts';

const PORT = Number(process.env.PORT ?? 3001);

const app = express();
const sessions = addMcpRoutes(app, createServer);

app.get('/health', (_req, res) => {
    res.json({ sessions: sessions.size });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    addTools(server);
    addClock(server);
    addPrompts(server);
    return server;
}
