import { openMcp, openStream, type RawMcp, send, startJokeApi, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

const JSON_HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });
const initialize = (params: object) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
const clientInfo = { name: 'test', version: '1' };

proves(['http.initialize', 'http.accepted'], 'initialize opens a session and names it', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl);
    expect(client.sessionId).toMatch(/^[\da-f-]{36}$/);
    expect(client.opening.result).toMatchObject({
        protocolVersion: '2025-11-25',
        serverInfo: { name: 'mcp-calculator' }
    });
    const pong = await client.post(ping(0));
    expect([pong.status, pong.headers['mcp-session-id']]).toEqual([200, undefined]);
    const accepted = await client.post({ jsonrpc: '2.0', method: 'notifications/unheard-of' });
    expect([accepted.status, accepted.body]).toEqual([202, '']);
    expect(await client.request(1, 'ping')).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
});

proves(['http.initialize'], 'a refused initialize opens no session', async () => {
    await using server = await startServer({ MAX_SESSIONS: '1' });
    for (const params of [{ capabilities: {} }, { protocolVersion: 7, capabilities: {}, clientInfo }]) {
        const answer = await send(server.mcpUrl, { method: 'POST', headers: JSON_HEADERS, body: initialize(params) });
        expect([answer.status, answer.headers['mcp-session-id']]).toEqual([400, undefined]);
        expect(JSON.parse(answer.body)).toMatchObject({ id: 1, error: { code: -32602 } });
    }
    await using client = await openMcp(server.mcpUrl);
    expect(await client.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
});

proves(
    ['http.initialize'],
    'an older revision is accepted as requested, an unknown one is answered with the newest',
    async () => {
        await using server = await startServer();
        for (const [wanted, given] of [
            ['2025-03-26', '2025-03-26'],
            ['2025-06-18', '2025-06-18'],
            ['2025-11-25', '2025-11-25'],
            ['1999-01-01', '2025-11-25']
        ] as const) {
            const params = { protocolVersion: wanted, capabilities: {}, clientInfo };
            const { body } = await send(server.mcpUrl, {
                method: 'POST',
                headers: JSON_HEADERS,
                body: initialize(params)
            });
            expect(JSON.parse(body).result.protocolVersion, wanted).toBe(given);
        }
    }
);

proves(['http.reply'], 'an immediate reply is JSON, a later one is an event stream', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startServer(api.env);
    await using client = await openMcp(server.mcpUrl);
    const sum = await client.post(call(1, 'add', { a: 2, b: 3 }));
    expect([sum.status, sum.headers['content-type']]).toEqual([200, 'application/json']);
    expect(JSON.parse(sum.body)).toMatchObject({ id: 1, result: { structuredContent: { sum: 5 } } });
    const slow = await client.post(call(2, 'random-joke', {}));
    expect([slow.status, slow.headers['content-type'], slow.headers['x-accel-buffering']]).toEqual([
        200,
        'text/event-stream',
        'no'
    ]);
    expect(slow.events?.messages()).toEqual([]);
    await api.asked;
    api.answer();
    await slow.events?.ended;
    expect(slow.events?.messages()).toMatchObject([{ id: 2, result: { structuredContent: { source: 'api' } } }]);
});

proves(['http.reply'], 'a large reply is an event stream, sent as fast as the client reads', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl);
    const message = 'x'.repeat(1_000_000);
    const answer = await client.post(call(1, 'echo', { message }));
    expect(answer.headers['content-type']).toBe('text/event-stream');
    const reply = await answer.events?.findReply(1);
    expect(reply?.result?.structuredContent).toMatchObject({ echo: message, transport: 'streamable-http' });
});

proves(['http.delete'], 'DELETE /mcp ends the session and its stream', async () => {
    await using server = await startServer({ MAX_SESSIONS: '1' });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    expect((await client.delete()).status).toBe(204);
    await events.ended;
    expect((await client.post(ping(1))).status).toBe(404);
    expect((await client.delete()).status).toBe(404);
    await using next = await openMcp(server.mcpUrl);
    expect(next.sessionId).not.toBe(client.sessionId);
});

proves(['session.max'], 'sessions of both transports share one limit', async () => {
    await using server = await startServer({ MAX_SESSIONS: '2' });
    await using client = await openMcp(server.mcpUrl);
    await client.open();
    await using _stream = await openStream(server.sseUrl);
    await expect(openStream(server.sseUrl)).rejects.toThrow('503');
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const answer = await send(server.mcpUrl, { method: 'POST', headers: JSON_HEADERS, body: initialize(params) });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
});

proves(['session.isolated'], 'over /mcp, two clients with the same request ids get their own replies', async () => {
    await using server = await startServer();
    await using one = await openMcp(server.mcpUrl);
    await using two = await openMcp(server.mcpUrl);
    const ids = Array.from({ length: 50 }, (_, index) => index);
    const echoes = (client: RawMcp, name: string) =>
        Promise.all(
            ids.map(id => client.request(id, 'tools/call', call(id, 'echo', { message: `${name} ${id}` }).params))
        );
    const [ones, twos] = await Promise.all([echoes(one, 'one'), echoes(two, 'two')]);
    for (const id of ids) {
        expect([ones, twos].map(replies => Object(replies[id]?.result?.structuredContent).echo)).toEqual([
            `one ${id}`,
            `two ${id}`
        ]);
    }
});

function call(id: number, name: string, args: object) {
    return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } };
}
