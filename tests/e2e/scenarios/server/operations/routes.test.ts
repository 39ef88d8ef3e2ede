import { openStream, send, sendRaw, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

proves(['health.open'], 'GET /health reports the number of open streams, without a credential', async () => {
    await using server = await startServer({}, { now: () => new Date('2026-01-02T03:04:05.678Z') });
    const { status, body } = await send(`${server.url}/health`, { headers: { Host: 'elsewhere.example' } });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
        status: 'ok',
        transport: 'sse',
        connections: 0,
        timestamp: '2026-01-02T03:04:05.678Z',
        uptime: 0,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/)
    });
});

proves(['page.served'], 'GET / is the page', async () => {
    await using server = await startServer();
    const { status, headers, body } = await send(`${server.url}/`);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch('text/html');
    expect(body).toMatch('<script');
});

proves(['page.prefix'], 'the prefix without its slash redirects to the page, whose URLs are relative', async () => {
    await using server = await startServer({ BASE_PATH: '/calc' });
    const ask = async (path: string, options = {}) => {
        const { status, headers } = await send(server.url + path, options);
        return [status, headers.location];
    };
    expect(await ask('/calc')).toEqual([308, '/calc/']);
    expect(await ask('/calc?a=/b', { method: 'HEAD' })).toEqual([308, '/calc/?a=/b']);
    expect(await ask('/calc/')).toEqual([200, undefined]);
    expect(await ask('/calc', { method: 'POST' })).toEqual([404, undefined]);
    for (const path of ['/calculator', '/calc/calc', '//calc']) {
        expect(await ask(path), path).toEqual([404, undefined]);
    }
    expect(await ask('/calc', { headers: { Host: 'evil.example' } })).toEqual([403, undefined]);
});

proves(['route.head-sse'], 'HEAD /sse answers the headers and opens no session', async () => {
    await using server = await startServer();
    const { status, headers, body } = await send(server.sseUrl, { method: 'HEAD' });
    expect([status, headers['content-type'], body]).toEqual([200, expect.stringMatching('text/event-stream'), '']);
    const health = await send(`${server.url}/health`);
    expect(JSON.parse(health.body).connections).toBe(0);
    expect((await send(`${server.url}/metrics`)).body).toContain('\nmcp_sessions 0\n');
});

proves(['route.method', 'error.shape'], 'another method on a known route is 405 with Allow', async () => {
    await using server = await startServer();
    for (const [method, path, allow] of [
        ['POST', '/sse', 'GET, HEAD'],
        ['DELETE', '/sse', 'GET, HEAD'],
        ['GET', '/messages', 'POST'],
        ['POST', '/health', 'GET, HEAD'],
        ['PUT', '/ready', 'GET, HEAD'],
        ['POST', '/metrics', 'GET, HEAD'],
        ['DELETE', '/login', 'GET, HEAD, POST'],
        ['GET', '/logout', 'POST'],
        ['OPTIONS', '/sse', 'GET, HEAD'],
        ['OPTIONS', '/login', 'GET, HEAD, POST'],
        ['OPTIONS', '/logout', 'POST'],
        ['POST', '/', 'GET, HEAD'],
        ['OPTIONS', '/', 'GET, HEAD']
    ] as const) {
        const { status, headers, body } = await send(server.url + path, { method });
        expect([status, headers.allow], `${method} ${path}`).toEqual([405, allow]);
        expect(headers['content-type']).toMatch('application/json');
        expect(JSON.parse(body)).toMatchObject({ jsonrpc: '2.0', error: { code: -32600 }, id: null });
    }
});

proves(
    ['route.unknown', 'error.shape'],
    'an unknown path is 404 in JSON, without the name of a framework',
    async () => {
        await using server = await startServer();
        const { status, headers, body } = await send(`${server.url}/wp-admin?secret=1`);
        expect(status).toBe(404);
        expect(JSON.parse(body).error.message).toMatch('Not found');
        expect(body).not.toMatch('secret');
        expect(headers).not.toHaveProperty('x-powered-by');
    }
);

proves(['route.odd-urls'], 'odd URLs get a status of 400 to 499, never 500', async () => {
    await using server = await startServer();
    for (const path of [
        '//',
        '//sse',
        '/%',
        '/%E0%A4%A',
        '/..%2f..%2fetc%2fpasswd',
        '/\u0001'.replace('\u0001', '%00')
    ]) {
        const { status, body } = await send(server.url + path);
        expect([400, 403, 404, 414], `${path} answered ${status}`).toContain(status);
        expect(JSON.parse(body).error).toBeDefined();
    }
    // What no client of node's would send: not even a path.
    for (const target of ['http://[/', 'http://', '*']) {
        const answer = await sendRaw(
            server.url,
            `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
        );
        expect(answer, target).toMatch(/^HTTP\/1\.1 40\d/);
        expect(answer, target).not.toMatch(/html/i);
    }
    const { status } = await send(`${server.url}/${'a'.repeat(20_000)}`);
    expect([414, 431]).toContain(status);
});

proves(['rpc.names'], 'names such as __proto__ are ordinary names in headers and URLs', async () => {
    await using server = await startServer({ MCP_AUTH_TOKEN: 'sesame' });
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        const headers = { [name]: name, Cookie: `${name}=${name}`, 'Last-Event-ID': name };
        expect((await send(`${server.url}/sse?${name}=${name}`, { method: 'HEAD', headers })).status, name).toBe(401);
        const authorized = { ...headers, Authorization: 'Bearer sesame' };
        await using stream = await openStream(`${server.url}/sse?${name}=${name}`, authorized);
        const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
        expect((await stream.post(ping, { ...authorized, 'Content-Type': 'application/json' })).status, name).toBe(202);
        await stream.find(frame => frame.kind === 'event' && frame.data.includes('"result"'));
        expect((await send(`${server.url}/${name}`)).status, name).toBe(404);
    }
});
