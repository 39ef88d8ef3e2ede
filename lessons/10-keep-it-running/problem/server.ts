import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { z } from 'zod';
import { Session, sessions } from './session.ts';

const PORT = Number(process.env.PORT ?? 3001);
// TODO 6: how long a stop may take.

function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    server.registerTool(
        'echo',
        {
            description: 'Send the message back, after ms milliseconds.',
            inputSchema: { message: z.string(), ms: z.number().default(0) }
        },
        async ({ message, ms }) => {
            await new Promise(resolve => setTimeout(resolve, ms));
            return { content: [{ type: 'text', text: message }] };
        }
    );
    return server;
}

const app = express();

app.get('/sse', async (_req, res) => {
    // TODO 3: if the client was here before, continue after its Last-Event-ID.
    const session = new Session();
    await createServer().connect(session);
    session.attach(res, 0);
});

app.post('/messages', express.json(), (req, res) => {
    const session = sessions.get(String(req.query.sessionId));
    const message = JSONRPCMessageSchema.safeParse(req.body);
    if (!session) res.status(404).send('Session not found');
    else if (!message.success) res.status(400).send('Not a JSON-RPC message');
    else {
        res.status(202).send('Accepted');
        session.receive(message.data);
    }
});

// TODO 5: GET /health answers the number of sessions.

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

// TODO 6: on SIGTERM, answer the calls in flight, end the streams, and stop.
