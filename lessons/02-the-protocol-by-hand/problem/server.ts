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
    res.write('event: connected\ndata: hello\n\n');
    // TODO 1: instead of `connected`, write the event `endpoint`. Its data is /messages?sessionId=…
});

app.post('/messages', express.json(), (req, res) => {
    const stream = streams.get(String(req.query.sessionId));
    if (!stream) {
        res.status(404).send('Session not found');
        return;
    }
    const { id, method } = req.body;
    // TODO 2: answer the POST with 202, and write the reply to the stream as the event `message`.
    // TODO 2: a message without an id is a notification: it gets no reply.
    res.json({ jsonrpc: '2.0', id, ...answer(method) });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

function answer(method: string) {
    switch (method) {
        // TODO 3: initialize → { protocolVersion, capabilities, serverInfo }
        case 'ping':
            return { result: {} };
        // TODO 4: tools/list → { tools }, and tools/call → { content }
        // TODO 5: every other method → error -32601
        default:
            return { result: {} };
    }
}
