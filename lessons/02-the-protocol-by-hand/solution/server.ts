import { randomUUID } from 'node:crypto';
import express, { type Response } from 'express';

const PORT = Number(process.env.PORT ?? 3001);

/** The open stream of each session, by session id. */
const streams = new Map<string, Response>();

const app = express();

app.get('/sse', (_req, res) => {
    const sessionId = randomUUID();
    streams.set(sessionId, res);
    res.on('close', () => streams.delete(sessionId));
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    res.write(`event: endpoint\ndata: /messages?sessionId=${sessionId}\n\n`);
});

app.post('/messages', express.json(), (req, res) => {
    const stream = streams.get(String(req.query.sessionId));
    if (!stream) {
        res.status(404).send('Session not found');
        return;
    }
    res.status(202).send('Accepted');
    const { id, method, params } = req.body;
    // A message without an id is a notification: it gets no reply.
    if (id === undefined) return;
    const reply = { jsonrpc: '2.0', id, ...answer(method, params) };
    stream.write(`event: message\ndata: ${JSON.stringify(reply)}\n\n`);
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

const add = {
    name: 'add',
    description: 'Add two numbers.',
    inputSchema: {
        type: 'object',
        properties: { a: { type: 'number' }, b: { type: 'number' } },
        required: ['a', 'b']
    }
};

function answer(method: string, params: { arguments: { a: number; b: number } }) {
    switch (method) {
        case 'initialize': {
            const serverInfo = { name: 'by-hand', version: '1.0.0' };
            return { result: { protocolVersion: '2024-11-05', capabilities: { tools: {} }, serverInfo } };
        }
        case 'ping':
            return { result: {} };
        case 'tools/list':
            return { result: { tools: [add] } };
        case 'tools/call': {
            const { a, b } = params.arguments;
            return { result: { content: [{ type: 'text', text: String(a + b) }] } };
        }
        default:
            return { error: { code: -32601, message: `Method not found: ${method}` } };
    }
}
