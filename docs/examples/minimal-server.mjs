// An MCP server over HTTP+SSE in node:http alone. It does what the protocol requires and nothing else: it checks no
// input, has no limits and forgets a session as soon as its stream closes. Read it, measure it, do not deploy it.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const PORT = Number(process.env.PORT ?? 3001);
const MESSAGES = '/messages?sessionId=';

/** The open event stream of each session, by session id. */
const streams = new Map();

export const server = createServer((req, res) => {
    if (req.method === 'GET' && req.url === '/sse') openStream(res);
    else if (req.method === 'POST' && req.url.startsWith(MESSAGES)) receiveMessage(req, res);
    else res.writeHead(404).end();
});
server.listen(PORT, '127.0.0.1');

function openStream(res) {
    const sessionId = randomUUID();
    streams.set(sessionId, res);
    res.on('close', () => streams.delete(sessionId));
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform' });
    res.write(`event: endpoint\ndata: ${MESSAGES}${sessionId}\n\n`);
}

function receiveMessage(req, res) {
    const stream = streams.get(req.url.slice(MESSAGES.length));
    if (!stream) return res.writeHead(404).end('Session not found');
    let body = '';
    req.setEncoding('utf8');
    req.on('data', chunk => {
        body += chunk;
    });
    req.on('end', () => {
        const { id, method, params } = JSON.parse(body);
        res.writeHead(202, { 'Content-Length': 8 }).end('Accepted');
        if (id === undefined) return;
        const reply = { jsonrpc: '2.0', id, ...answer(method, params) };
        stream.write(`event: message\ndata: ${JSON.stringify(reply)}\n\n`);
    });
}

function answer(method, params) {
    switch (method) {
        case 'initialize': {
            const serverInfo = { name: 'minimal', version: '1.0.0' };
            return { result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo } };
        }
        case 'tools/list': {
            const properties = { a: { type: 'number' }, b: { type: 'number' } };
            const inputSchema = { type: 'object', properties, required: ['a', 'b'] };
            return { result: { tools: [{ name: 'add', description: 'Add two numbers.', inputSchema }] } };
        }
        case 'tools/call': {
            const sum = params.arguments.a + params.arguments.b;
            return { result: { content: [{ type: 'text', text: String(sum) }], structuredContent: { sum } } };
        }
        case 'ping':
            return { result: {} };
        default:
            return { error: { code: -32601, message: 'Method not found' } };
    }
}
