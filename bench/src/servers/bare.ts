// The lower limit: what the protocol itself asks for, by hand. It validates nothing, limits nothing, and trusts all.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, serve } from './serve.ts';

interface Call {
    id?: number;
    method: string;
    params: { protocolVersion: string; arguments: { a: number; b: number } };
}

const PREFIX = '/messages?sessionId=';
const streams = new Map<string, ServerResponse>();

const server = createServer((req, res) => {
    const { url = '' } = req;
    if (url === '/sse') openStream(res);
    else if (url.startsWith(PREFIX)) receive(req, res, streams.get(url.slice(PREFIX.length)));
    else res.writeHead(404).end();
});

function openStream(res: ServerResponse): void {
    const sessionId = randomUUID();
    streams.set(sessionId, res);
    res.on('close', () => streams.delete(sessionId));
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform' });
    res.write(`event: endpoint\ndata: ${PREFIX}${sessionId}\n\n`);
}

function receive(req: IncomingMessage, res: ServerResponse, stream: ServerResponse | undefined): void {
    let body = '';
    req.setEncoding('utf8');
    req.on('data', (chunk: string) => {
        body += chunk;
    });
    req.on('end', () => {
        if (!stream) return res.writeHead(404).end();
        const { id, method, params }: Call = JSON.parse(body);
        res.writeHead(202, { 'Content-Length': 8 }).end('Accepted');
        if (id === undefined) return;
        const message = { jsonrpc: '2.0', id, result: answer(method, params) };
        stream.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    });
}

function answer(method: string, { protocolVersion, arguments: terms }: Call['params']): object {
    switch (method) {
        case 'initialize':
            return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'bare', version: '1.0.0' } };
        case 'tools/call': {
            const sum = terms.a + terms.b;
            return { content: [{ type: 'text', text: String(sum) }], structuredContent: { sum } };
        }
        default:
            return {};
    }
}

serve(await listen(server));
