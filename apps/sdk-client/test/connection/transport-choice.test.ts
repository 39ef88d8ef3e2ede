import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { serve } from '../helpers/http-server.ts';
import { startMcpServer } from '../helpers/mcp-server.ts';
import { runClient } from '../helpers/run-client.ts';

interface Answer {
    status: number;
    body?: string;
    type?: string;
}

/** Runs a command against a server that answers each method as told, and tells which it was asked. */
async function ask(answers: Partial<Record<string, Answer>>, ...options: string[]) {
    const methods: string[] = [];
    const listener: RequestListener = (request: IncomingMessage, response: ServerResponse) => {
        const { method = '' } = request;
        methods.push(method);
        const { status, body = '', type = 'application/json' } = answers[method] ?? { status: 500 };
        response.writeHead(status, body ? { 'content-type': type } : {}).end(body);
    };
    await using server = await serve(listener);
    const outcome = await runClient(['tools', '--url', server.url, ...options]);
    return { ...outcome, methods, url: server.url };
}

const rpcError = (code: number, message = 'no') =>
    JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } });
const noStream = { GET: { status: 404 } };

test.each([400, 404, 405])('%i to a POST is followed by a GET', async status => {
    expect((await ask({ POST: { status }, ...noStream })).methods).toEqual(['POST', 'GET']);
    const { methods, code, stderr, url } = await ask({
        POST: { status, body: '<h1>no</h1>', type: 'text/html' },
        ...noStream
    });
    expect({ methods, code }).toEqual({ methods: ['POST', 'GET'], code: 4 });
    expect(stderr).toContain(`no MCP server answers at ${url}: 404 Not Found`);
});

test.each([-32600, -32000, -32001, -32601])(
    'so it is with the error %i, which servers of all ages give',
    async code => {
        for (const status of [400, 404, 405]) {
            const { methods } = await ask({ POST: { status, body: rpcError(code) }, ...noStream });
            expect(methods).toEqual(['POST', 'GET']);
        }
    }
);

test.each([-32020, -32021, -32022])('the error %i is a modern server’s, and there is no fallback', async code => {
    for (const status of [400, 404, 405]) {
        const outcome = await ask({ POST: { status, body: rpcError(code, 'only 2026-07-28') }, ...noStream });
        expect(outcome).toMatchObject({ methods: ['POST'], code: 4, stdout: '' });
        expect(outcome.stderr).toContain(
            'a protocol version later than 2025-11-25, this client’s latest (only 2026-07-28)'
        );
    }
});

test.each([
    [401, 3, 'not allowed at'],
    [403, 3, 'not allowed at'],
    [429, 4, 'it answered 429 Too Many Requests (no); try again later'],
    [500, 4, 'it answered 500 Internal Server Error (no); try again later'],
    [503, 4, 'it answered 503 Service Unavailable (no); try again later']
])('%i is what it is, and there is no fallback', async (status, code, message) => {
    const outcome = await ask({ POST: { status, body: rpcError(-32000) }, ...noStream });
    expect(outcome).toMatchObject({ methods: ['POST'], code, stdout: '' });
    expect(outcome.stderr).toContain(message);
});

test('nor is there one where the network fails', async () => {
    let requests = 0;
    await using server = await serve(request => {
        requests += 1;
        request.socket.destroy();
    });
    const { code, stderr } = await runClient(['tools', '--url', server.url]);
    expect({ code, requests }).toEqual({ code: 4, requests: 1 });
    expect(stderr).toContain('the connection was closed before an answer came');
});

test('--transport http and --transport sse try nothing else', async () => {
    const answers = { POST: { status: 405 }, GET: { status: 405 } };
    expect(await ask(answers, '--transport', 'http')).toMatchObject({ methods: ['POST'], code: 4 });
    expect(await ask(answers, '--transport', 'sse')).toMatchObject({ methods: ['GET'], code: 4 });
});

test('a web page in place of the endpoint is reported as no MCP endpoint', async () => {
    const { code, stderr, url } = await ask({ POST: { status: 200, body: '<h1>hello</h1>', type: 'text/html' } });
    const found = 'it answered POST with text/html, not JSON or an event stream';
    const hint = `--url must be the address of an MCP endpoint, such as ${new URL(url).origin}/mcp`;
    expect({ code, stderr }).toEqual({ code: 4, stderr: `cannot reach ${url}: ${found}; ${hint}\n` });
});

test('a session that was opened is ended even where initialize fails', async () => {
    const methods: string[] = [];
    await using server = await serve((request, response) => {
        methods.push(`${request.method} ${request.headers['mcp-session-id'] ?? ''}`);
        if (request.method === 'DELETE') return void response.writeHead(204).end();
        const headers = { 'content-type': 'application/json', 'mcp-session-id': 'abc' };
        response
            .writeHead(200, headers)
            .end(JSON.stringify({ jsonrpc: '2.0', id: 0, error: { code: -32603, message: 'broken' } }));
    });
    const { code } = await runClient(['tools', '--url', server.url]);
    expect({ code, methods }).toEqual({ code: 5, methods: ['POST ', 'DELETE abc'] });
});

test('a server with HTTP+SSE only is served in full', async () => {
    await using server = await startMcpServer();
    expect(await runClient(['call', 'add', 'a=2', 'b=3', '--url', server.url])).toMatchObject({
        code: 0,
        stdout: '5\n'
    });
});

test('the reply to the first POST is read as it comes, though its stream stays open', async () => {
    const reply = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'open', version: '1' } };
    await using server = await serve(async (request, response) => {
        if (request.method !== 'POST') return void response.writeHead(405).end();
        const { id, method } = JSON.parse(await text(request));
        if (method !== 'initialize') return void response.writeHead(202).end();
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: reply })}\n\n`);
    });
    const outcome = await runClient(['info', '--url', server.url, '--connect-timeout', '1000']);
    expect(outcome).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('open 1') });
});
