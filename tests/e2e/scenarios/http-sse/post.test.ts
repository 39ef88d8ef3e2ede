import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { openStream, send, startJokeApi, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const ping = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });

proves(['post.session-id'], 'POST /messages must name exactly one session', async () => {
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

proves(['post.unknown-session'], 'POST /messages to an unknown session is 404', async () => {
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
    'a refused body is answered with the reason and not repeated, and the session continues',
    async () => {
        await using server = await startServer();
        await using stream = await openStream(server.sseUrl);
        const cases: [body: string | Buffer, type: string, status: number, code: number][] = [
            [ping, 'text/plain', 415, -32600],
            [ping, '', 415, -32600],
            [ping, 'application/json-seq', 415, -32600],
            [ping, 'application/json; charset=latin1', 415, -32600],
            [ping, 'application/json, text/plain', 415, -32600],
            ['{"secret": tru', 'application/json', 400, -32700],
            ['', 'application/json', 400, -32700],
            [Buffer.from('{"jsonrpc":"2.0","method":"\xff"}', 'latin1'), 'application/json', 400, -32700],
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
            const name = `${type} ${String(body).slice(0, 60)}`;
            expect([answer.status, JSON.parse(answer.body).error.code], name).toEqual([status, code]);
            expect(answer.body, name).not.toMatch(/secret|at .*\.[jt]s/);
        }
        expect(await stream.request(8, 'ping')).toMatchObject({ id: 8, result: {} });
    }
);

proves(['post.content-type'], 'Content-Type may have any parameters, except another charset', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    let id = 0;
    for (const type of [
        'application/json; charset=utf8',
        'Application/JSON;Charset="UTF-8"',
        'application/json ; charset = utf-8 ; version=1',
        'application/json; odata=verbose',
        'application/json;',
        // Two headers of this name arrive as one.
        'application/json, application/json; charset=utf-8'
    ]) {
        id++;
        const answer = await stream.post({ jsonrpc: '2.0', id, method: 'ping' }, { 'Content-Type': type });
        expect(answer.status, type).toBe(202);
        expect(await stream.findReply(id)).toMatchObject({ id });
    }
});

proves(['post.too-large'], 'a message over MAX_MESSAGE_BYTES is refused while it is being sent', async () => {
    await using server = await startServer({ MAX_MESSAGE_BYTES: '2000' });
    await using stream = await openStream(server.sseUrl);
    const call = (length: number) => ({
        jsonrpc: '2.0',
        id: length,
        method: 'ping',
        params: { x: 'x'.repeat(length) }
    });
    expect((await stream.post(call(1900))).status).toBe(202);
    const refused = await stream.post(call(2000));
    expect(refused.status).toBe(413);
    expect(JSON.parse(refused.body).error.message).toBe('The message is too large; the limit is 2000 bytes');
    // Without a length the server finds out as it reads; the answer comes before the last byte is sent.
    const outgoing = request(stream.endpoint, { method: 'POST', headers: JSON_HEADERS });
    outgoing.write('x'.repeat(3000));
    const [answer] = await once(outgoing, 'response');
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, 'close']);
    const body = text(answer);
    outgoing.end('x'.repeat(3000));
    expect(JSON.parse(await body)).toMatchObject({ error: { code: -32600 } });
    expect(await stream.request(1, 'ping')).toMatchObject({ id: 1 });
});

proves(['post.accepted'], 'a body may arrive in as many pieces as it has bytes', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    const call = { name: 'echo', arguments: { message: 'é'.repeat(500) } };
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call }));
    const outgoing = request(stream.endpoint, { method: 'POST', headers: JSON_HEADERS });
    for (const byte of body) outgoing.write(Buffer.of(byte));
    outgoing.end();
    const [answer] = await once(outgoing, 'response');
    expect([answer.statusCode, await text(answer)]).toEqual([202, 'Accepted']);
    await stream.find(frame => frame.kind === 'event' && frame.event === 'message');
    expect(stream.messages()[0]?.result?.structuredContent).toMatchObject({ echo: 'é'.repeat(500) });
});

proves(['post.in-flight'], 'too many unanswered requests are refused, until one is answered or cancelled', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startServer({ MAX_IN_FLIGHT: '2', ...api.env });
    await using stream = await openStream(server.sseUrl);
    const joke = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'random-joke' } });
    expect((await stream.post(joke(1))).status).toBe(202);
    expect((await stream.post(joke(2))).status).toBe(202);
    const refused = await stream.post(joke(3));
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: -32000 }, id: 3 });
    await stream.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    expect(await stream.request(4, 'ping')).toMatchObject({ id: 4, result: {} });
    expect(stream.messages().map(({ id }) => id)).toEqual([4]);
});

proves(['post.in-flight'], 'a malformed message does not free the place of a request in flight', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startServer({ MAX_IN_FLIGHT: '1', ...api.env });
    await using stream = await openStream(server.sseUrl);
    const joke = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'random-joke' } });
    const cancel = (params: object) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
    expect((await stream.post(joke(1))).status).toBe(202);
    for (const [message, status] of [
        [{ ...joke(1), params: [] }, 400],
        [cancel({ requestId: 1, reason: 5 }), 202],
        [cancel({ requestId: '1' }), 202],
        [cancel({}), 202]
    ] as const) {
        expect((await stream.post(message)).status).toBe(status);
        expect((await stream.post(joke(2))).status, JSON.stringify(message)).toBe(429);
    }
    await api.asked;
    api.answer();
    await stream.find(frame => frame.kind === 'event' && frame.event === 'message');
    await stream.request(3, 'ping');
    expect(stream.messages().map(({ id }) => id)).toEqual([1, 3]);
});

proves(
    ['rpc.unknown-method', 'rpc.malformed-params', 'rpc.notification'],
    'errors of JSON-RPC come on the stream',
    async () => {
        await using server = await startServer();
        await using stream = await openStream(server.sseUrl);
        expect((await stream.request(1, 'tools/destroy')).error?.code).toBe(-32601);
        for (const [id, method, params] of [
            [2, 'tools/call', { name: 42 }],
            [3, 'resources/read', { uri: 7 }],
            [4, 'tools/list', { cursor: 'not a cursor' }],
            [5, 'initialize', { capabilities: {} }],
            [6, 'prompts/get', {}],
            [7, 'resources/subscribe', { uri: 'joke://built-in/1' }],
            [8, 'ping', []],
            [9, 'tools/list', { _meta: { progressToken: {} } }]
        ] as const) {
            expect((await stream.request(id, method, params)).error?.code, method).toBe(-32602);
        }
        await stream.post({ jsonrpc: '2.0', method: 'notifications/unheard-of' });
        await stream.post({ jsonrpc: '2.0', method: 'notifications/unheard-of', params: [] });
        await stream.request(10, 'ping');
        expect(stream.messages()).toHaveLength(10);
    }
);

proves(['rpc.names'], 'names such as __proto__ are ordinary names of methods, tools and arguments', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    expect(await stream.request('__proto__', 'ping')).toMatchObject({ id: '__proto__', result: {} });
    for (const name of ['__proto__', 'constructor', 'toString']) {
        const reply = await stream.request(`call ${name}`, 'tools/call', { name, arguments: {} });
        expect(reply.error, name).toMatchObject({ code: -32602, message: expect.stringContaining(`"${name}"`) });
    }
    const body =
        '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2,"__proto__":3}}}';
    await send(stream.endpoint, { method: 'POST', headers: JSON_HEADERS, body });
    await stream.find(frame => frame.kind === 'event' && frame.data.includes('"id":9'));
    expect(stream.messages().at(-1)?.result).toMatchObject({ isError: true });
});
