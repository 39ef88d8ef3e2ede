import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type HttpFixture, serveHttp } from './serve-http.ts';

/** How the client talks to a hostile server. */
export type Way = 'http' | 'sse';

/** A message of the client, and what the server can do about it. */
interface Asked {
    id: unknown;
    method: string;
    params: Record<string, unknown>;
    res: ServerResponse;
    /** Answers with a result, over the transport in use. */
    reply(result: unknown): void;
    /** Writes text to the stream of the session, as it is: the body of GET /mcp, or of GET /sse. */
    push(text: string): void;
}

/** What a server does differently from a good one. */
export interface Behaviour {
    capabilities?: object;
    tools?: unknown[];
    /** Answers a GET itself and returns true, or leaves it to the good server. */
    get?: (res: ServerResponse, req: IncomingMessage) => boolean;
    /** Answers a message itself and returns true, or leaves it to the good server. */
    post?: (asked: Asked) => boolean;
}

export interface HostileServer extends HttpFixture {
    way: Way;
    /** The address for the client. */
    address: string;
    /** All requests: the method of HTTP, and that of the message if there is one. */
    requests: string[];
    count(request: string): number;
}

export const events = { 'content-type': 'text/event-stream' };
export const json = { 'content-type': 'application/json' };

/** A server that is good but for its behaviour, over one of the two transports with sessions. */
export async function serveHostile(way: Way, behaviour: Behaviour = {}): Promise<HostileServer> {
    const requests: string[] = [];
    let sessions = 0;
    const streams = new Map<string, ServerResponse>();
    const openStream = (res: ServerResponse, session: string) => {
        streams.set(session, res);
        res.writeHead(200, events).flushHeaders();
    };
    const onGet = (req: IncomingMessage, res: ServerResponse) => {
        requests.push('GET');
        if (behaviour.get?.(res, req)) return;
        if (way === 'http') return openStream(res, String(req.headers['mcp-session-id']));
        const session = `${++sessions}`;
        openStream(res, session);
        res.write(`event: endpoint\ndata: /messages?sessionId=${session}\n\n`);
    };
    const onPost = async (req: IncomingMessage, res: ServerResponse) => {
        const { id, method = 'reply', params = {} } = JSON.parse(await text(req));
        requests.push(`POST ${method}`);
        const known = new URL(req.url ?? '', 'http://x').searchParams.get('sessionId') ?? req.headers['mcp-session-id'];
        const session = String(known ?? `${++sessions}`);
        const push = (data: string) => void streams.get(session)?.write(data);
        const reply = (result: unknown) => {
            const message = JSON.stringify({ jsonrpc: '2.0', id, result });
            if (way === 'http') return void res.writeHead(200, { ...json, 'mcp-session-id': session }).end(message);
            res.writeHead(202).end();
            push(`data: ${message}\n\n`);
        };
        const asked: Asked = { id, method, params, res, reply, push };
        if (behaviour.post?.(asked)) return;
        if (id === undefined || method === 'reply') return void res.writeHead(202).end();
        const result = answer(method, params, behaviour);
        if (result) return reply(result);
        const error = JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } });
        if (way === 'http') return void res.writeHead(200, json).end(error);
        res.writeHead(202).end();
        push(`data: ${error}\n\n`);
    };
    const server = await serveHttp((req, res) => {
        if (req.method === 'GET') return onGet(req, res);
        if (req.method === 'POST' && (way === 'http' || req.url?.startsWith('/messages'))) return void onPost(req, res);
        requests.push(String(req.method));
        res.writeHead(req.method === 'DELETE' ? 200 : 405).end();
    });
    const path = way === 'http' ? '/mcp' : '/sse';
    return Object.assign(server, {
        way,
        address: server.url + path,
        requests,
        count: (request: string) => requests.filter(one => one === request).length
    });
}

/** What a good server answers; undefined for a method that it does not know. */
function answer(method: string, params: Record<string, unknown>, behaviour: Behaviour): object | undefined {
    const { capabilities = { tools: {} }, tools = [tool()] } = behaviour;
    if (method === 'initialize') {
        const { protocolVersion } = params;
        return { protocolVersion, capabilities, serverInfo: { name: 'hostile', version: '1' } };
    }
    if (method === 'tools/list') return { tools };
    if (method === 'tools/call') return { content: [{ type: 'text', text: 'done' }] };
    if (['ping', 'logging/setLevel', 'resources/subscribe', 'resources/unsubscribe'].includes(method)) return {};
    return undefined;
}

/** A tool that may not run twice, and whatever is to be wrong with it. */
export function tool(name = 'once', more: object = {}) {
    return { name, inputSchema: { type: 'object' }, ...more };
}

/** A behaviour that decides the answers to `tools/call` alone; the other answers are those of a good server. */
export const onCall = (act: NonNullable<Behaviour['post']>): Behaviour => ({
    post: asked => asked.method === 'tools/call' && act(asked)
});
