import { openStream, runNode, send, serverMain, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { JSON_TYPE } from '../../../helpers/credentials.ts';

/** The values of the metrics by name and labels, as Prometheus reads them. */
async function readMetrics(url: string): Promise<Record<string, number>> {
    const { status, headers, body } = await send(`${url}/metrics`);
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    const lines = body.split('\n').filter(line => line !== '' && !line.startsWith('#'));
    return Object.fromEntries(
        lines.map(line => {
            const [, name, value] = /^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
            expect(name, line).toBeDefined();
            return [name, Number(value)];
        })
    );
}

proves(['ready.draining'], 'GET /ready is 200 without a credential, also on an idle server', async () => {
    await using server = await startServer({ MCP_AUTH_TOKEN: 'sesame' });
    const answer = await send(`${server.url}/ready`, {
        headers: { Host: 'elsewhere.example', Origin: 'https://a.example' }
    });
    expect([answer.status, answer.body]).toEqual([200, '{"status":"ready"}']);
    expect((await send(`${server.url}/ready`, { method: 'HEAD' })).status).toBe(200);
});

proves(['metrics.text'], 'GET /metrics counts sessions, streams, calls and refusals', async () => {
    await using server = await startServer({ MAX_SESSIONS: '2' });
    const before = await readMetrics(server.url);
    expect(before).toMatchObject({ mcp_sessions: 0, mcp_streams_open: 0, mcp_buffered_bytes: 0 });
    await using first = await openStream(server.sseUrl);
    await using second = await openStream(server.sseUrl);
    await send(server.sseUrl);
    const call = (id: number, name: string, args: object) => first.request(id, 'tools/call', { name, arguments: args });
    await call(1, 'add', { a: 2, b: 3 });
    await call(2, 'add', { a: 'two' });
    await call(3, 'an unknown tool', {});
    await first.post('not JSON-RPC');
    await send(server.sseUrl, { headers: { Host: 'evil.example' } });
    await send(server.sseUrl, { headers: { Origin: 'https://evil.example' } });
    second.cut();
    await expect.poll(async () => (await readMetrics(server.url)).mcp_streams_open).toBe(1);
    await using resumed = await second.resume();
    expect(resumed.sessionId).toBe(second.sessionId);

    const after = await readMetrics(server.url);
    expect(after).toMatchObject({
        mcp_sessions: 2,
        mcp_streams_open: 2,
        'mcp_sessions_total{event="opened",transport="sse"}': 2,
        'mcp_sessions_total{event="resumed",transport="sse"}': 1,
        'mcp_streams_dropped_total{reason="disconnected"}': 1,
        'mcp_tool_calls_total{tool="add",outcome="ok"}': 1,
        'mcp_tool_calls_total{tool="add",outcome="error"}': 1,
        'mcp_tool_calls_total{tool="unknown",outcome="error"}': 1,
        'mcp_tool_call_duration_seconds_count{tool="add"}': 2,
        'mcp_requests_rejected_total{reason="too-many-sessions"}': 1,
        'mcp_requests_rejected_total{reason="not-json-rpc"}': 1,
        'mcp_requests_rejected_total{reason="bad-host"}': 1,
        'mcp_requests_rejected_total{reason="bad-origin"}': 1
    });
    expect(after.mcp_buffered_bytes).toBeGreaterThan(0);
    expect(after.process_resident_memory_bytes).toBeGreaterThan(0);
});

proves(['env.log'], 'LOG_LEVEL and LOG_FORMAT set how much is logged and how', async () => {
    const log = async (env: Record<string, string>) => {
        await using server = runNode(serverMain, [], { PORT: '0', JOKE_API_URL: 'http://127.0.0.1:1/', ...env });
        const [, sseUrl = ''] = await server.printed(/^HTTP\+SSE +(http:\S+)$/m);
        await using stream = await openStream(sseUrl);
        await stream.request(1, 'tools/call', { name: 'random-joke' });
        server.kill('SIGTERM');
        return (await server.ended).stderr.trim();
    };
    // Standard error is a pipe here.
    const onTerminal = { NODE_OPTIONS: '--import=data:text/javascript,process.stderr.isTTY=true' };
    const [pretty, json] = await Promise.all([
        log(onTerminal),
        log({ ...onTerminal, LOG_FORMAT: 'json', LOG_LEVEL: 'warn' })
    ]);
    expect(pretty).toMatch(/INFO.*: .*session opened/);
    expect(pretty).toMatch(/WARN.*: .*random-joke: the joke API could not be reached/);
    expect(JSON.parse(json)).toEqual({
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        msg: 'random-joke: the joke API could not be reached; told a built-in joke instead'
    });
});

proves(['env.log-refusals'], 'each refused request is logged, whichever part refuses it', async () => {
    await using server = runNode(serverMain, [], { PORT: '0', TRUST_PROXY: '1', ALLOW_UNAUTHENTICATED: 'true' });
    const [, url = ''] = await server.printed(/^HTTP\+SSE +(http:\S+)\/sse$/m);
    const post = (path: string, body: object, headers = {}) =>
        send(url + path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
    const stateless = { Accept: 'application/json, text/event-stream', 'MCP-Protocol-Version': '2026-07-28' };
    const statuses = [
        await send(`${url}/sse?secret=1`, { headers: { Host: 'evil.example', 'X-Forwarded-For': '203.0.113.7:443' } }),
        await send(`${url}/nothing/here`, { headers: { 'X-Forwarded-For': 'unknown' } }),
        await send(`${url}/.well-known/oauth-protected-resource/a-path-that-is-long`),
        await send(`${url}/%00%C2%9B/x\u00e9`),
        await send(`${url}/metrics`, { method: 'DELETE' }),
        await post('/messages?sessionId=no', {}),
        await post('/login', { no: 'token' }),
        await post('/mcp', { jsonrpc: '2.0', id: 1, method: 'ping' }, stateless),
        await send(`${url}/mcp`, { method: 'PUT' })
    ].map(({ status }) => status);
    server.kill('SIGTERM');
    const { stderr } = await server.ended;
    const lines = stderr
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
        .filter(({ msg }) => msg === 'request refused')
        .map(({ method, path, address, status, reason }) => [method, path, address, status, reason].join(' '));
    expect(lines).toEqual([
        'GET /sse 203.0.113.7 403 bad-host',
        'GET /nothing/here 127.0.0.1 404 not-found',
        'GET /.well-known/oauth-protected-resource/a-path-t… 127.0.0.1 404 not-found',
        'GET /%00%C2%9B/x%C3%A9 127.0.0.1 404 not-found',
        'DELETE /metrics 127.0.0.1 405 bad-method',
        'POST /messages 127.0.0.1 400 bad-session-id',
        'POST /login 127.0.0.1 400 bad-request',
        'POST /mcp 127.0.0.1 400 bad-envelope',
        'PUT /mcp 127.0.0.1 405 bad-method'
    ]);
    expect(statuses).toEqual(lines.map(line => Number(line.split(' ')[3])));
});
