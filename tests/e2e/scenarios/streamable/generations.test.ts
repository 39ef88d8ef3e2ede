import { openMcp, openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect } from 'vitest';
import { connectStateless, post, toHeaders, toRequest } from '../../helpers/stateless-fixture.ts';

const TOKEN = 'a-token-of-more-than-thirty-two-characters';
const add = toRequest('tools/call', { name: 'add', arguments: { a: 2, b: 3 } });
const addHeaders = toHeaders('tools/call', 'add');
const plain = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

proves(['stateless.era'], 'each message on /mcp is answered in the revision that it names', async () => {
    await using server = await startServer();
    const url = new URL(server.mcpUrl);
    const stateless = await post(url, add, addHeaders);
    expect([stateless.status, stateless.headers['mcp-session-id']]).toEqual([200, undefined]);
    expect(stateless.json.result).toMatchObject({ resultType: 'complete', structuredContent: { sum: 5 } });
    // A session does not make it one of the other era, nor does the lack of one.
    await using client = await openMcp(server.mcpUrl);
    const within = await post(url, add, { ...addHeaders, 'Mcp-Session-Id': client.sessionId });
    expect(within.json.result).toMatchObject({ resultType: 'complete' });
    const without = await post(url, { ...add, params: { name: 'add' } }, plain);
    expect([without.status, without.json.error.message]).toEqual([400, expect.stringContaining('Mcp-Session-Id')]);
    const reply = await client.request(1, 'tools/call', { name: 'add', arguments: { a: 2, b: 3 } });
    expect(reply.result).not.toHaveProperty('resultType');
});

proves(['stateless.access'], 'a stateless request is checked by the same guards as others', async () => {
    await using server = await startServer({
        MCP_AUTH_TOKEN: TOKEN,
        MAX_MESSAGE_BYTES: '1024',
        RATE_LIMIT: '8/minute'
    });
    const url = new URL(server.mcpUrl);
    const known = { ...addHeaders, Authorization: `Bearer ${TOKEN}` };
    const statuses = async (...headers: Record<string, string>[]) => {
        const answers = await Promise.all(headers.map(each => post(url, add, each)));
        return answers.map(({ status }) => status);
    };
    expect(
        await statuses(
            known,
            addHeaders,
            { ...known, Authorization: 'Bearer x' },
            { ...known, Host: 'evil.example' },
            { ...known, Origin: 'https://evil.example' },
            { ...known, 'Content-Type': 'text/plain' }
        )
    ).toEqual([200, 401, 401, 403, 403, 415]);
    const large = toRequest('tools/call', { name: 'echo', arguments: { message: 'x'.repeat(2000) } });
    expect((await post(url, large, { ...toHeaders('tools/call', 'echo'), ...known })).status).toBe(413);
    const more = await Promise.all(Array.from({ length: 8 }, () => post(url, add, known)));
    const refused = more.filter(({ status }) => status === 429);
    expect([refused.length, refused[0]?.json.error.code]).toEqual([3, -32000]);
});

proves(['stateless.limits', 'metrics.text'], 'MAX_SESSIONS limits the stateless requests in flight', async () => {
    const asked: (() => void)[] = [];
    const fetch = () => new Promise<Response>(resolve => asked.push(() => resolve(Response.json({ value: 'x' }))));
    await using server = await startServer({ MAX_SESSIONS: '1' }, { fetch });
    await using client = await connectStateless(new URL(server.mcpUrl));
    const call = client.callTool({ name: 'random-joke', arguments: {} });
    await expect.poll(() => asked.length).toBe(1);
    const subscription = await client.listen({ resourceSubscriptions: ['clock://now'] });
    const { body } = await send(`${server.url}/metrics`);
    for (const line of ['mcp_stateless_requests 1', 'mcp_stateless_subscriptions 1']) {
        expect(body.split('\n')).toContain(line);
    }
    await subscription.close();
    const refused = await post(new URL(server.mcpUrl), add, addHeaders);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
    asked[0]?.();
    expect((await call).structuredContent).toEqual({ joke: 'x', source: 'api' });
});

proves(
    ['stateless.draining', 'post.draining'],
    'a stopping server refuses stateless requests and requests in a session alike',
    async () => {
        const asked: (() => void)[] = [];
        const fetch = () => new Promise<Response>(resolve => asked.push(() => resolve(Response.json({ value: 'x' }))));
        await using server = await startServer({ SHUTDOWN_TIMEOUT_MS: '10000' }, { fetch });
        await using stateless = await connectStateless(new URL(server.mcpUrl));
        await using session = await openMcp(server.mcpUrl);
        const subscription = await stateless.listen({ resourceSubscriptions: ['clock://now'] });
        const calls = [
            stateless.callTool({ name: 'random-joke', arguments: {} }),
            session.request(1, 'tools/call', { name: 'random-joke' }).then(({ result }) => Object(result))
        ];
        await expect.poll(() => asked.length).toBe(2);
        const closed = server.close();
        for (const answer of [await post(new URL(server.mcpUrl), add, addHeaders), await session.post(ping)]) {
            expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
        }
        for (const answer of asked) answer();
        for (const result of await Promise.all(calls)) {
            expect(result.structuredContent).toEqual({ joke: 'x', source: 'api' });
        }
        expect(await subscription.closed).toBe('graceful');
        await closed;
    }
);

proves(['legacy.successor'], 'GET /sse names the newer transport in a header', async () => {
    await using server = await startServer({ BASE_PATH: '/calc' });
    const head = await send(server.sseUrl, { method: 'HEAD' });
    await using stream = await openStream(server.sseUrl);
    for (const { deprecation, link } of [head.headers, stream.headers]) {
        expect([deprecation, link]).toEqual(['@1742947200', '</calc/mcp>; rel="successor-version"']);
    }
    const since = new Date(Number(String(stream.headers.deprecation).slice(1)) * 1000);
    expect(since.toISOString()).toBe('2025-03-26T00:00:00.000Z');
});

proves(['route.method'], 'a Streamable HTTP request to /sse or / is answered with the address of /mcp', async () => {
    await using server = await startServer();
    for (const path of ['/sse', '/']) {
        const { status, json } = await post(new URL(path, server.url), add, addHeaders);
        expect([status, json.error.message], path).toEqual([405, expect.stringContaining('/mcp')]);
    }
});

proves(['legacy.count', 'metrics.text'], 'sessions over the deprecated transport are counted', async () => {
    await using server = await startServer();
    await using _stream = await openStream(server.sseUrl);
    await using client = await openMcp(server.mcpUrl);
    await client.open();
    await post(new URL(server.mcpUrl), add, addHeaders);
    const { body } = await send(`${server.url}/metrics`);
    for (const line of [
        'mcp_legacy_sessions_total 1',
        'mcp_sessions_total{event="opened",transport="sse"} 1',
        'mcp_sessions_total{event="opened",transport="streamable-http"} 1',
        'mcp_sessions 2',
        'mcp_streams_open 2',
        'mcp_tool_calls_total{tool="add",outcome="ok"} 1'
    ]) {
        expect(body.split('\n')).toContain(line);
    }
});

proves(['metrics.text'], 'refusals of stateless requests are counted in the metrics', async () => {
    await using server = await startServer();
    const url = new URL(server.mcpUrl);
    const newer = JSON.parse(JSON.stringify(add).replaceAll('2026-07-28', '2099-01-01'));
    const { 'Mcp-Name': _name, ...nameless } = addHeaders;
    const refusals = [
        [add, nameless, 'bad-headers'],
        [newer, { ...addHeaders, 'MCP-Protocol-Version': '2099-01-01' }, 'unsupported-revision'],
        [{ ...add, params: { name: 'add' } }, addHeaders, 'bad-envelope']
    ] as const;
    for (const [body, headers] of refusals) expect((await post(url, body, headers)).status).toBe(400);
    const { body } = await send(`${server.url}/metrics`);
    for (const [, , reason] of refusals) {
        expect(body.split('\n')).toContain(`mcp_requests_rejected_total{reason="${reason}"} 1`);
    }
});

proves(['health.open'], 'a stateless subscription counts as an open stream', async () => {
    await using server = await startServer();
    await using client = await connectStateless(new URL(server.mcpUrl));
    const connections = async () => JSON.parse((await send(`${server.url}/health`)).body).connections;
    expect(await connections()).toBe(0);
    const subscription = await client.listen({ resourceSubscriptions: ['clock://now'] });
    expect(await connections()).toBe(1);
    await subscription.close();
    await expect.poll(connections).toBe(0);
});

/** What the specification tells clients of the older SDK to do: try to POST, and fall back on these statuses alone. */
async function connectAnyhow(url: string): Promise<Client> {
    const client = () => new Client({ name: 'fallback', version: '1' });
    const newer = client();
    try {
        await newer.connect(new StreamableHTTPClientTransport(new URL(url)));
        return newer;
    } catch (error) {
        if (!(error instanceof StreamableHTTPError) || ![400, 404, 405].includes(error.code ?? 0)) throw error;
    }
    const older = client();
    await older.connect(new SSEClientTransport(new URL(url)));
    return older;
}

proves(['legacy.fallback'], 'a client that tries the newest transport first finds the right one', async () => {
    await using server = await startServer();
    const echo = { name: 'echo', arguments: { message: 'x' } };
    for (const [url, transport] of [
        [server.mcpUrl, 'streamable-http'],
        [server.sseUrl, 'sse']
    ] as const) {
        const client = await connectAnyhow(url);
        expect((await client.callTool(echo)).structuredContent).toMatchObject({ transport });
        await client.close();
    }
    const newest = new ClientV2({ name: 'auto', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await newest.connect(new HttpV2(new URL(server.mcpUrl)));
    expect(newest.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    await newest.close();
    const legacy = new ClientV2({ name: 'legacy', version: '1' }, { versionNegotiation: { mode: 'legacy' } });
    await legacy.connect(new HttpV2(new URL(server.mcpUrl)));
    expect(legacy.getNegotiatedProtocolVersion()).toBe('2025-11-25');
    await legacy.close();
});

proves(
    ['legacy.fallback'],
    'a client that is refused for its credentials reports that, and does not fall back',
    async () => {
        await using server = await startServer({ MCP_AUTH_TOKEN: TOKEN });
        await expect(connectAnyhow(server.mcpUrl)).rejects.toMatchObject({ code: 401 });
        await expect(connectAnyhow(server.sseUrl)).rejects.toMatchObject({ code: 401 });
    }
);

const ping = { jsonrpc: '2.0', id: 9, method: 'ping' };
