import { openMcp, openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { post, toHeaders, toRequest } from '../../helpers/stateless-fixture.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });
const initialize = (params: object) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
const clientInfo = { name: 'test', version: '1' };

proves(['http.session'], 'a request must name its session', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl);
    await using stream = await openStream(server.sseUrl);
    const body = JSON.stringify(ping(7));
    const requests = (more: Record<string, string>) => [
        { method: 'POST', headers: { ...JSON_HEADERS, ...more }, body },
        { method: 'GET', headers: { Accept: 'text/event-stream', ...more } },
        { method: 'DELETE', headers: more }
    ];
    for (const request of requests({})) {
        const answer = await send(server.mcpUrl, request);
        expect([answer.status, JSON.parse(answer.body).error.code], request.method).toEqual([400, -32600]);
    }
    // Nor is a session opened by what cannot be answered, or did not come alone.
    const [{ id: _, ...notification }, alone] = [JSON.parse(initialize({})), JSON.parse(initialize({}))];
    for (const message of [notification, [alone, ping(2)]]) {
        const answer = await send(server.mcpUrl, {
            method: 'POST',
            headers: JSON_HEADERS,
            body: JSON.stringify(message)
        });
        expect(answer.status).toBe(400);
    }
    for (const id of [crypto.randomUUID(), 'no-uuid', '__proto__', stream.sessionId]) {
        for (const request of requests({ 'Mcp-Session-Id': id })) {
            const answer = await send(server.mcpUrl, request);
            const { error } = JSON.parse(answer.body);
            expect([answer.status, error.code, error.message], request.method).toEqual([
                404,
                -32001,
                'Session not found'
            ]);
        }
    }
    // Nor is it to be had over HTTP+SSE.
    const crossed = new URL(stream.endpoint);
    crossed.searchParams.set('sessionId', client.sessionId);
    expect((await send(crossed, { method: 'POST', headers: JSON_HEADERS, body })).status).toBe(404);
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const again = await client.post(JSON.parse(initialize(params)));
    expect([again.status, JSON.parse(again.body).error.code]).toEqual([400, -32600]);
    expect(await client.request(8, 'ping')).toMatchObject({ id: 8 });
});

proves(['http.session', 'access.session-owner'], "another credential's session is as unknown as any", async () => {
    const [one, two] = ['a-token-of-32-characters-for-one-', 'a-token-of-32-characters-for-two-'];
    await using server = await startServer({ MCP_AUTH_TOKEN: `${one},${two}` });
    const bare = await send(server.mcpUrl, { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(ping(1)) });
    expect([bare.status, bare.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    await using client = await openMcp(server.mcpUrl, { headers: { Authorization: `Bearer ${one}` } });
    const others = { Authorization: `Bearer ${two}` };
    expect((await client.post(ping(2), others)).status).toBe(404);
    expect((await client.get(undefined, others)).status).toBe(404);
    expect(await client.request(3, 'ping')).toMatchObject({ id: 3 });
});

proves(['http.version'], 'MCP-Protocol-Version must name a supported revision', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl);
    // What could be a revision to come is for the stateless side to refuse.
    for (const [version, code] of [
        ['1999-01-01', -32600],
        ['2099-01-01', -32602],
        ['x', -32602]
    ] as const) {
        const answer = await client.post(ping(1), { 'MCP-Protocol-Version': version });
        expect([answer.status, JSON.parse(answer.body).error.code], version).toEqual([400, code]);
    }
    const { sessionId } = client;
    const without = await send(server.mcpUrl, {
        method: 'POST',
        headers: { ...JSON_HEADERS, 'Mcp-Session-Id': sessionId },
        body: JSON.stringify(ping(2))
    });
    expect(without.status).toBe(200);
    expect((await client.post(ping(3), { 'MCP-Protocol-Version': '' })).status, 'empty').toBe(200);
});

proves(['http.accept'], 'Accept must allow what the answer may be', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl);
    const stateless = (Accept: string | undefined) =>
        post(new URL(server.mcpUrl), toRequest('tools/list'), { ...toHeaders('tools/list'), Accept });
    for (const Accept of [
        'application/json',
        'text/event-stream',
        'text/html',
        'application/jsonx, text/event-stream-bogus',
        'application/json, text/event-stream;q=0',
        'application/json;version=1, text/event-stream',
        'text/*',
        'application/json text/event-stream',
        ''
    ]) {
        const answer = await client.post(ping(1), { Accept });
        expect([answer.status, JSON.parse(answer.body).error.code], Accept).toEqual([406, -32600]);
        const { status, json } = await stateless(Accept);
        expect([status, json.error.code, json.id], `stateless, ${Accept}`).toEqual([406, -32600, 1]);
    }
    for (const Accept of ['application/json', 'application/*', 'text/html', 'text/event-streams', '']) {
        expect((await client.get(undefined, { Accept })).status, Accept).toBe(406);
    }
    for (const Accept of [
        'Text/Event-Stream;q=0.5, Application/JSON',
        'application/json;charset=UTF-8,text/event-stream;charset="utf-8"',
        '*/*',
        'application/*',
        'text/html, */*;q=0.1',
        'text/*, application/*',
        // Too long to be read, so that it counts as anything.
        `text/html${',text/html'.repeat(100)}`
    ]) {
        expect((await client.post(ping(2), { Accept })).status, Accept).toBe(200);
        expect((await stateless(Accept)).status, `stateless, ${Accept}`).toBe(200);
    }
    for (const Accept of ['*/*', 'text/*', 'TEXT/event-stream; q=1']) {
        const { status, events } = await client.get(undefined, { Accept });
        expect(status, Accept).toBe(200);
        events?.cut();
    }
    // Without the header a client takes anything.
    const session = { 'Content-Type': 'application/json', 'Mcp-Session-Id': client.sessionId };
    const plain = await send(server.mcpUrl, { method: 'POST', headers: session, body: JSON.stringify(ping(3)) });
    expect([plain.status, JSON.parse(plain.body).id]).toEqual([200, 3]);
    expect((await stateless(undefined)).status).toBe(200);
});

proves(['http.initialize', 'http.session'], 'an empty Mcp-Session-Id counts as none', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl, { headers: { 'Mcp-Session-Id': '', 'Last-Event-ID': '' } });
    expect(client.sessionId).toMatch(/^[\da-f-]{36}$/);
    const answer = await client.post(ping(1), { 'Mcp-Session-Id': '' });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([400, -32600]);
});

proves(['http.method'], '/mcp answers other methods with 405', async () => {
    await using server = await startServer();
    for (const method of ['PUT', 'PATCH', 'HEAD', 'OPTIONS']) {
        const { status, headers } = await send(server.mcpUrl, { method });
        expect([status, headers.allow], method).toEqual([405, 'GET, POST, DELETE']);
    }
});

proves(['http.body', 'error.shape'], 'a refused body is answered with the reason', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl);
    const text = JSON.stringify(ping(1));
    const cases: [body: string, type: string, status: number, code: number][] = [
        [text, 'text/plain', 415, -32600],
        ['{"secret": tru', 'application/json', 400, -32700],
        ['', 'application/json', 400, -32700],
        ['[]', 'application/json', 400, -32600],
        ['"secret"', 'application/json', 400, -32600],
        ['null', 'application/json', 400, -32600],
        ['{"secret":1}', 'application/json', 400, -32600],
        [`{"jsonrpc":"2.0","id":1,"method":"secret${'x'.repeat(5_000_000)}"}`, 'application/json', 413, -32600]
    ];
    for (const [body, type, status, code] of cases) {
        const headers = { ...JSON_HEADERS, 'Content-Type': type, 'Mcp-Session-Id': client.sessionId };
        const answer = await send(server.mcpUrl, { method: 'POST', headers, body });
        const name = `${type} ${body.slice(0, 60)}`;
        expect([answer.status, JSON.parse(answer.body).error.code], name).toEqual([status, code]);
        expect(answer.body, name).not.toMatch(/secret|at .*\.[jt]s/);
    }
    expect((await client.post(ping(1), { 'Content-Encoding': 'gzip' })).status).toBe(415);
    for (const encoding of ['identity', 'Identity', '']) {
        expect((await client.post(ping(1), { 'Content-Encoding': encoding })).status, encoding).toBe(200);
    }
    // An invalid id is not repeated.
    expect(JSON.parse((await client.post({ jsonrpc: '2.0', id: 1.5, method: 'ping' })).body)).toMatchObject({
        error: { code: -32600 },
        id: null
    });
    expect(await client.request(8, 'ping')).toMatchObject({ id: 8, result: {} });
});

proves(['http.batch'], 'a batch is accepted only in the revision that has batches', async () => {
    await using server = await startServer();
    await using newer = await openMcp(server.mcpUrl, { protocolVersion: '2025-06-18' });
    const batch = [ping(1), call(2, 'add', { a: 1, b: 1 }), { jsonrpc: '2.0', method: 'notifications/x' }];
    const refused = await newer.post(batch);
    expect([refused.status, JSON.parse(refused.body).error.code]).toEqual([400, -32600]);
    await using older = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
    const { events } = await older.post(batch);
    await events?.ended;
    expect(events?.messages().map(({ id, result }) => [id, result?.structuredContent])).toEqual([
        [1, undefined],
        [2, { sum: 2 }]
    ]);
    expect((await older.post([{ jsonrpc: '2.0', method: 'notifications/x' }])).status).toBe(202);
    // One in a batch is not answered as if it had come alone.
    const { events: alone } = await older.post([ping(3)]);
    await alone?.ended;
    expect(alone?.messages()).toMatchObject([{ id: 3 }]);
    expect((await older.post([])).status).toBe(400);
});

function call(id: number, name: string, args: object) {
    return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } };
}
