import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { z } from 'zod';
import { Session, sessions } from './session.ts';

const PORT = Number(process.env.PORT ?? 3001);
/** How long a stop may wait for calls. */
const DRAIN_MS = 10_000;

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

app.get('/sse', async (req, res) => {
    const [sessionId = '', id] = (req.get('Last-Event-ID') ?? '').split(':');
    const known = sessions.get(sessionId);
    if (known?.canResume(Number(id))) return known.attach(res, Number(id));
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

app.get('/health', (_req, res) => {
    res.json({ sessions: sessions.size });
});

const listener = app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

process.once('SIGTERM', async () => {
    listener.close();
    const deadline = Date.now() + DRAIN_MS;
    const isBusy = () => [...sessions.values()].some(session => session.inFlight.size > 0);
    while (isBusy() && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 20));
    for (const session of sessions.values()) await session.close();
});
