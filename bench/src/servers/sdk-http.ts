// Streamable HTTP as the SDK's own example serves it: its Express app, one transport and one McpServer a session, an
// event store to resume from, a limit of sessions, and an end for those that are idle. Left out: its log lines.
// EVENT_STORE=off leaves the store out; JSON_RESPONSE=on has each call answered with JSON instead of a stream.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Request, Response } from 'express';
import { createCalculator } from './calculator.ts';
import { createEventStore } from './event-store.ts';
import { listen, serve } from './serve.ts';

interface Session {
    transport: StreamableHTTPServerTransport;
    /** Answers that are not finished. */
    open: number;
    lastActive: number;
}

const { EVENT_STORE, JSON_RESPONSE, MAX_SESSIONS = '1000' } = process.env;
const maxSessions = Number(MAX_SESSIONS);
/** About as many as fit into what the other server keeps for a session by default. */
const KEPT_EVENTS = 2_000;
const IDLE_MS = 30 * 60_000;
const SWEEP_MS = 60_000;

const sessions = new Map<string, Session>();

const app = createMcpExpressApp();

app.post('/mcp', async (req, res) => {
    if (req.headers['mcp-session-id'] !== undefined) return await toSession(req, res);
    if (!isInitializeRequest(req.body)) return refuse(res, 400, -32000, 'Bad Request: no session id');
    if (sessions.size >= maxSessions) return refuse(res, 503, -32000, 'Too many sessions');
    const transport = await openTransport();
    await transport.handleRequest(req, res, req.body);
});
app.get('/mcp', toSession);
app.delete('/mcp', toSession);

async function openTransport(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        ...(EVENT_STORE !== 'off' && { eventStore: createEventStore(KEPT_EVENTS) }),
        enableJsonResponse: JSON_RESPONSE === 'on',
        onsessioninitialized: id => void sessions.set(id, { transport, open: 0, lastActive: Date.now() })
    });
    transport.onclose = () => sessions.delete(transport.sessionId ?? '');
    await createCalculator().connect(transport);
    return transport;
}

async function toSession(req: Request, res: Response): Promise<void> {
    const session = sessions.get(String(req.headers['mcp-session-id']));
    if (!session) return refuse(res, 404, -32001, 'Session not found');
    session.open++;
    res.on('close', () => {
        session.open--;
        session.lastActive = Date.now();
    });
    await session.transport.handleRequest(req, res, req.body);
}

function refuse(res: Response, status: number, code: number, message: string): void {
    res.status(status).json({ jsonrpc: '2.0', error: { code, message }, id: null });
}

setInterval(() => {
    const cutoff = Date.now() - IDLE_MS;
    for (const { transport, open, lastActive } of sessions.values()) {
        if (open === 0 && lastActive < cutoff) void transport.close();
    }
}, SWEEP_MS).unref();

serve(await listen(createServer(app)));
