import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { type HttpServer, serve } from '../helpers/http-server.ts';
import { startMcpServer } from '../helpers/mcp-server.ts';
import { runClient } from '../helpers/run-client.ts';

async function answered(status: number, headers: Record<string, string> = {}, body = ''): Promise<HttpServer> {
    return serve((_request, response) => void response.writeHead(status, headers).end(body));
}

async function expectFailure(
    server: Pick<HttpServer, 'url'>,
    code: number,
    message: string,
    ...options: string[]
): Promise<void> {
    const outcome = await runClient(['tools', '--transport', 'sse', '--url', server.url, ...options]);
    expect(outcome).toEqual({ code, stdout: '', stderr: `${message}\n` });
}

test('a refused connection is one line with a hint', async () => {
    await using server = await answered(200);
    await server.stop();
    const hint = 'is the server running? start it with npm start';
    await expectFailure(server, 4, `cannot reach ${server.url}: connection refused; ${hint}`);
});

const requiresToken = 'the server requires a token; set MCP_AUTH_TOKEN or --bearer';

test('401 exits with 3', async () => {
    await using server = await answered(401);
    await expectFailure(server, 3, `not allowed at ${server.url}: 401 Unauthorized; ${requiresToken}`);
});

test('403 exits with 3 and gives the reason of the server', async () => {
    const body = '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Host not allowed"},"id":null}';
    await using server = await answered(403, { 'content-type': 'application/json' }, body);
    const fix = 'ask the operator of the server for access';
    await expectFailure(server, 3, `not allowed at ${server.url}: 403 Forbidden (Host not allowed); ${fix}`);
});

test.each([
    [200, { 'content-type': 'text/html' }, 'text/html, not an event stream'],
    [204, {}, '204 No Content']
])('an answer %i %j is not an event stream', async (status, headers, found) => {
    await using server = await answered(status, headers);
    const hint = `--url must be the address of an event stream, such as ${server.url}`;
    await expectFailure(server, 4, `cannot reach ${server.url}: it answered GET with ${found}; ${hint}`);
});

test('404 says that the server was reached, and what the path may lack', async () => {
    await using server = await answered(404);
    const hint = 'does its path lack a prefix, such as /calc, or its end, /mcp or /sse?';
    await expectFailure(server, 4, `no MCP server answers at ${server.url}: 404 Not Found; ${hint}`);
});

test('the error for an address of Streamable HTTP suggests the one of HTTP+SSE', async () => {
    await using server = await answered(400);
    const { origin } = new URL(server.url);
    const hint = `--url must be the address of an event stream, such as ${origin}/calc/sse`;
    for (const path of ['/calc/mcp', '/calc/mcp/']) {
        const message = `cannot reach ${origin}${path}: it answered GET with 400 Bad Request; ${hint}`;
        await expectFailure({ url: origin + path }, 4, message);
    }
});

test('503 whose reason says to try again later does not say it twice', async () => {
    const body = '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Away; try again later"},"id":null}';
    await using server = await answered(503, { 'content-type': 'application/json' }, body);
    await expectFailure(
        server,
        4,
        `cannot reach ${server.url}: it answered 503 Service Unavailable (Away; try again later)`
    );
});

test('503 exits with 4 and asks to try again later', async () => {
    await using server = await answered(503);
    await expectFailure(server, 4, `cannot reach ${server.url}: it answered 503 Service Unavailable; try again later`);
});

test('a redirect to another origin is not followed', async () => {
    await using server = await answered(302, { location: 'http://elsewhere.invalid/sse' });
    const fix = 'if you trust that server, connect to it with --url';
    const reason = `it redirects to another origin, http://elsewhere.invalid/sse; ${fix}`;
    await expectFailure(server, 4, `cannot reach ${server.url}: ${reason}`);
});

const silent: RequestListener = () => {};
const endless: RequestListener = (_request, response) => void response.writeHead(200, stream).write(': hello\n\n');
const stream = { 'content-type': 'text/event-stream' };

test.each([
    ['never answers', silent],
    ['never names its endpoint', endless]
])('a server that %s is given up at the time limit', async (_what, listener) => {
    await using server = await serve(listener);
    const message = `cannot reach ${server.url}: not ready within 200 ms; a larger --connect-timeout waits longer`;
    await expectFailure(server, 4, message, '--connect-timeout', '200');
});

test('a stream that ends before it names an endpoint is lost, not reopened', async () => {
    await using server = await answered(200, stream, ': bye\n\n');
    await expectFailure(server, 4, `lost ${server.url}: the event stream ended before the answer came`);
});

/** The address that messages are posted to. */
const messagesOf = ({ url }: Pick<HttpServer, 'url'>) => url.replace('/sse', '/messages');

/** A server that names its endpoint and `push`es more onto the stream, and answers all messages alike. */
function answeringPosts(status: number, body: string, push = ''): Promise<HttpServer> {
    return serve((request, response) => {
        if (request.method === 'POST') response.writeHead(status, { 'content-type': 'application/json' }).end(body);
        else response.writeHead(200, stream).write(`event: endpoint\ndata: /messages\n\n${push}`);
    });
}

test('a message that requires a token exits with 3', async () => {
    await using server = await answeringPosts(401, '{}');
    await expectFailure(server, 3, `not allowed at ${server.url}: 401 Unauthorized; ${requiresToken}`);
});

test('a message that the server refuses exits with 5 and gives its reason', async () => {
    await using server = await answeringPosts(429, '{"error":{"code":-32000,"message":"slow down"}}');
    await expectFailure(server, 5, `${messagesOf(server)} refused a message: 429 Too Many Requests (slow down)`);
});

test('so it is later on, by either transport, and in the server’s words', async () => {
    const isOpening = (body: string) => /"method":"(initialize|notifications)/.test(body);
    const initialized = {
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'x', version: '1' }
    };
    const reply = JSON.stringify({ jsonrpc: '2.0', id: 0, result: initialized });
    const refusal = '{"error":{"code":-32000,"message":"too long"}}';
    for (const transport of ['sse', 'http']) {
        let push = (_text: string) => {};
        await using server = await serve(async (request, response) => {
            if (request.method === 'GET' && transport === 'sse') {
                response.writeHead(200, stream).write('event: endpoint\ndata: /messages\n\n');
                push = data => void response.write(`data: ${data}\n\n`);
                return;
            }
            if (request.method !== 'POST') return void response.writeHead(405).end();
            const body = await text(request);
            const json = { 'content-type': 'application/json', 'mcp-session-id': 'abc' };
            if (!isOpening(body)) return void response.writeHead(413, json).end(refusal);
            if (!body.includes('"initialize"') || transport === 'sse') response.writeHead(202).end();
            else response.writeHead(200, json).end(reply);
            if (body.includes('"initialize"')) push(reply);
        });
        await expectFailure(
            server,
            5,
            `${transport === 'sse' ? messagesOf(server) : server.url} refused a message: 413 Payload Too Large (too long)`,
            '--transport',
            transport
        );
    }
});

test('a session that the server has forgotten exits with 4', async () => {
    await using server = await answeringPosts(404, '{"error":{"code":-32001,"message":"Session not found"}}');
    await expectFailure(server, 4, `${messagesOf(server)} refused a message: 404 Not Found (Session not found)`);
});

test.each(['hello', '{"hello":1}'])('%s on the stream is reported as not MCP', async data => {
    await using server = await answeringPosts(202, '', `data: ${data}\n\n`);
    const question = 'is it an MCP server?';
    await expectFailure(server, 4, `${server.url} sent something that is not a JSON-RPC message; ${question}`);
});

test('an endpoint at another origin is refused', async () => {
    const events = 'event: endpoint\ndata: http://elsewhere.invalid/messages\n\n';
    await using server = await serve((_request, response) => void response.writeHead(200, stream).write(events));
    const message = `${server.url} names an endpoint of another origin, http://elsewhere.invalid`;
    await expectFailure(server, 4, message);
});

test('a server that goes in the middle of a call and does not come back is given up at the time limit', async () => {
    await using server = await startMcpServer();
    const called = once(server.events, 'called');
    const outcome = runClient(['call', 'wait', '--url', server.url, '--reconnect-timeout', '300']);
    await called;
    await server.stop();
    expect(await outcome).toEqual({
        code: 4,
        stdout: '',
        stderr: `lost ${server.url}: it did not come back within 300 ms; a larger --reconnect-timeout waits longer\n`
    });
});

test('an interruption ends the wait for a connection', async () => {
    const controller = new AbortController();
    await using server = await serve(() => controller.abort());
    const outcome = await runClient(['tools', '--url', server.url], { signal: controller.signal });
    expect(outcome).toEqual({ code: 130, stdout: '', stderr: 'interrupted\n' });
});
