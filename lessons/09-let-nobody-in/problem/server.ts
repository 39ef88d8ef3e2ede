import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';
import { z } from 'zod';

const PORT = Number(process.env.PORT ?? 3001);
// TODO 1: read the token from the environment variable TOKEN, and stop if it is not set.
// TODO 2 and 3: the hosts and the origin that may pass.

/** What belongs to one client, and ends with its stream. */
interface Session {
    transport: SSEServerTransport;
    // TODO 5: keep the credential that opened the session.
}

const sessions = new Map<string, Session>();
// TODO 4: the values of the cookies that this server has given.

function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    server.registerTool(
        'add',
        { description: 'Add two numbers.', inputSchema: { a: z.number(), b: z.number() } },
        ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] })
    );
    return server;
}

// TODO 1: compare a text with the token, and find the credential of a request.

const app = express();

// The doors: a request passes them in the order of the code.
// TODO 2: refuse a Host that is not this machine.
// TODO 3: refuse every Origin but one, and answer the preflights of that one.
// TODO 6: limit the rate of requests.
// TODO 4: POST /login gives a cookie for the token.
// TODO 1: refuse a request without the token.

app.get('/sse', async (_req, res) => {
    const transport = new SSEServerTransport('/messages', res);
    sessions.set(transport.sessionId, { transport });
    res.on('close', () => sessions.delete(transport.sessionId));
    await createServer().connect(transport);
});

app.post('/messages', async (req, res) => {
    const session = sessions.get(String(req.query.sessionId));
    if (session) await session.transport.handlePostMessage(req, res);
    else res.status(404).send('Session not found');
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});
