// A server as others build it: the SDK's own transports, and Redis pub/sub between processes. A session lives in the process
// that opened it. Another process that gets a message publishes it to that one. Over HTTP+SSE it answers 202 at once; over
// Streamable HTTP it makes a transport for this one request, and waits for the reply.
import { randomUUID } from 'node:crypto';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isInitializeRequest, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import express, { type Request, type Response } from 'express';
import { createClient } from 'redis';
import { createSlowServer } from './slow-tools.ts';

const url = process.env.REDIS_URL;
if (!url) throw new Error('REDIS_URL is not set');
const publisher = createClient({ url });
const subscriber = publisher.duplicate();
for (const client of [publisher, subscriber]) client.on('error', error => console.error(String(error)));
await Promise.all([publisher.connect(), subscriber.connect()]);

/** The transports of the sessions that live here. */
const local = new Map<string, Transport>();

/** Serves a session from now on: what others publish for it comes to its transport. */
async function adopt(sessionId: string, transport: Transport): Promise<void> {
    local.set(sessionId, transport);
    await subscriber.subscribe(`to:${sessionId}`, text => {
        const { message, replyTo } = JSON.parse(text) as { message: JSONRPCMessage; replyTo?: string };
        if (replyTo && 'id' in message) waiting.set(`${sessionId} ${message.id}`, replyTo);
        transport.onmessage?.(message);
    });
}

async function drop(sessionId: string): Promise<void> {
    local.delete(sessionId);
    await subscriber.unsubscribe(`to:${sessionId}`);
}

/** Requests of other processes: where their replies are published. */
const waiting = new Map<string, string>();

const app = express();
app.use(express.json());
app.get('/health', (_req, res) => void res.json({ status: 'ok' }));
app.get('/ready', (_req, res) => void res.json({ status: 'ready' }));

app.get('/sse', async (_req, res) => {
    const transport = new SSEServerTransport('/messages', res);
    const { sessionId } = transport;
    await createSlowServer().connect(transport);
    await adopt(sessionId, transport);
    res.on('close', () => void drop(sessionId));
});

app.post('/messages', async (req, res) => {
    const sessionId = String(req.query.sessionId);
    const transport = local.get(sessionId);
    if (transport instanceof SSEServerTransport) return await transport.handlePostMessage(req, res, req.body);
    await publisher.publish(`to:${sessionId}`, JSON.stringify({ message: req.body }));
    res.status(202).end('Accepted');
});

app.all('/mcp', async (req, res) => {
    const sessionId = req.headers['mcp-session-id'];
    const transport = local.get(String(sessionId));
    if (transport instanceof StreamableHTTPServerTransport) return await transport.handleRequest(req, res, req.body);
    if (req.method === 'POST' && isInitializeRequest(req.body)) return await openSession(req, res);
    if (req.method === 'POST' && sessionId) return await relay(String(sessionId), req, res);
    res.status(405).end();
});

async function openSession(req: Request, res: Response): Promise<void> {
    const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: id => adopt(id, transport as Transport)
    });
    await createSlowServer().connect(transport as Transport);
    // A reply for another process is published, and is not one for a response here.
    const send = transport.send.bind(transport);
    transport.send = async (message, options) => {
        const key = `${transport.sessionId} ${'id' in message ? message.id : ''}`;
        const replyTo = waiting.get(key);
        if (replyTo === undefined || 'method' in message) return await send(message, options);
        waiting.delete(key);
        await publisher.publish(replyTo, JSON.stringify(message));
    };
    await transport.handleRequest(req, res, req.body);
}

/** Has another process handle the messages of a POST, and answers it. */
async function relay(sessionId: string, req: Request, res: Response): Promise<void> {
    const replyTo = `reply:${randomUUID()}`;
    const bridge = new StreamableHTTPServerTransport();
    bridge.onmessage = message =>
        void publisher.publish(`to:${sessionId}`, JSON.stringify({ message, ...('id' in message && { replyTo }) }));
    await bridge.start();
    await subscriber.subscribe(replyTo, text => void bridge.send(JSON.parse(text)));
    res.on('close', () => void subscriber.unsubscribe(replyTo));
    await bridge.handleRequest(req, res, req.body);
}

const server = app.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
});
process.once('SIGTERM', () => process.exit());
