import express, { type Response } from 'express';

const PORT = Number(process.env.PORT ?? 3001);

/** The responses that stay open, one for each client. */
const streams = new Set<Response>();

const app = express();

app.get('/sse', (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    res.flushHeaders();
    send(res, 'connected', 'hello');
    const timer = setInterval(() => send(res, 'heartbeat', new Date().toISOString()), 1000);
    streams.add(res);
    res.on('close', () => {
        clearInterval(timer);
        streams.delete(res);
    });
});

app.get('/health', (_req, res) => {
    res.json({ connections: streams.size });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

function send(res: Response, event: string, data: string) {
    res.write(`event: ${event}\ndata: ${data}\n\n`);
}
