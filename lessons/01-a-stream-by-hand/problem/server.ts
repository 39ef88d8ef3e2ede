import express from 'express';

const PORT = Number(process.env.PORT ?? 3001);

const app = express();

app.get('/sse', (_req, res) => {
    // TODO 1: send status 200 and Content-Type: text/event-stream at once, and do not end the response.
    // TODO 2: write the event `connected`.
    // TODO 3: write the event `heartbeat` each second, with the time as its data.
    res.json({ message: 'hello' });
});

app.get('/health', (_req, res) => {
    // TODO 4: answer the number of open streams, and count a stream no more when its client has gone.
    res.json({ connections: 0 });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});
