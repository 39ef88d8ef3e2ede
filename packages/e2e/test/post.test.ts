import { openStream, send, startServer } from '@calc/testkit';
import { expect } from 'vitest';
import { proves } from './proves.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const ping = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });

proves(['post.session-id'], 'a POST must name one session', async () => {
    await using server = await startServer();
    const uuid = '00000000-0000-4000-8000-000000000000';
    for (const query of ['', '?sessionId=', '?sessionId=1', `?sessionId=${uuid}&sessionId=${uuid}`, '?sessionId[]=a']) {
        const { status, body } = await send(`${server.url}/messages${query}`, {
            method: 'POST',
            headers: JSON_HEADERS,
            body: ping
        });
        expect([status, JSON.parse(body).error.code], query).toEqual([400, -32600]);
    }
});

proves(['post.unknown-session'], 'a session that is not there is not found', async () => {
    await using server = await startServer();
    const { status, body } = await send(`${server.url}/messages?sessionId=${crypto.randomUUID()}`, {
        method: 'POST',
        headers: JSON_HEADERS,
        body: ping
    });
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ error: { code: -32001, message: 'Session not found' } });
});

proves(
    ['post.content-type', 'post.not-json', 'post.not-json-rpc', 'post.too-large', 'error.shape'],
    'a body that cannot be taken is refused for its reason, not repeated, and the session lives on',
    async () => {
        await using server = await startServer();
        await using stream = await openStream(server.sseUrl);
        const cases: [body: string, type: string, status: number, code: number][] = [
            [ping, 'text/plain', 415, -32600],
            [ping, '', 415, -32600],
            ['{"secret": tru', 'application/json', 400, -32700],
            ['', 'application/json', 400, -32700],
            [`[${ping}]`, 'application/json', 400, -32600],
            ['"secret"', 'application/json', 400, -32600],
            ['{"secret":1}', 'application/json', 400, -32600],
            ['{"jsonrpc":"1.0","id":1,"method":"secret"}', 'application/json', 400, -32600],
            ['{"jsonrpc":"2.0","id":{"secret":1},"method":"ping"}', 'application/json', 400, -32600],
            [`{"jsonrpc":"2.0","id":1,"method":"secret${'x'.repeat(5_000_000)}"}`, 'application/json', 413, -32600]
        ];
        for (const [body, type, status, code] of cases) {
            const headers: Record<string, string> = type ? { 'Content-Type': type } : {};
            const answer = await send(stream.endpoint, { method: 'POST', headers, body });
            const name = `${type} ${body.slice(0, 60)}`;
            expect([answer.status, JSON.parse(answer.body).error.code], name).toEqual([status, code]);
            expect(answer.body, name).not.toMatch(/secret|at .*\.[jt]s/);
        }
        expect(await stream.request(8, 'ping')).toMatchObject({ id: 8, result: {} });
    }
);

proves(
    ['rpc.unknown-method', 'rpc.malformed-params', 'rpc.notification'],
    'protocol errors come on the stream',
    async () => {
        await using server = await startServer();
        await using stream = await openStream(server.sseUrl);
        expect((await stream.request(1, 'tools/destroy')).error?.code).toBe(-32601);
        for (const [id, method, params] of [
            [2, 'tools/call', { name: 42 }],
            [3, 'resources/read', { uri: 7 }],
            [4, 'resources/read', { uri: 'not a uri' }],
            [5, 'initialize', { capabilities: {} }],
            [6, 'prompts/get', {}],
            [7, 'resources/subscribe', { uri: 'joke://built-in/1' }]
        ] as const) {
            expect((await stream.request(id, method, params)).error?.code, method).toBe(-32602);
        }
        await stream.post({ jsonrpc: '2.0', method: 'notifications/unheard-of' });
        await stream.request(8, 'ping');
        expect(stream.messages()).toHaveLength(8);
    }
);

proves(['rpc.names'], 'names that mean something to JavaScript mean nothing here', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    expect(await stream.request('__proto__', 'ping')).toMatchObject({ id: '__proto__', result: {} });
    for (const name of ['__proto__', 'constructor', 'toString']) {
        const reply = await stream.request(`call ${name}`, 'tools/call', { name, arguments: {} });
        expect(reply.result, name).toMatchObject({ isError: true });
    }
    const body =
        '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2,"__proto__":3}}}';
    await send(stream.endpoint, { method: 'POST', headers: JSON_HEADERS, body });
    await stream.find(frame => frame.kind === 'event' && frame.data.includes('"id":9'));
    expect(stream.messages().at(-1)?.result).toMatchObject({ isError: true });
});
