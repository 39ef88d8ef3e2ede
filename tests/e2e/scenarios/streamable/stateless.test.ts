import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { sendRaw, startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { tools } from '@calc/tools';
import { expect } from 'vitest';
import {
    connectStateless,
    envelope,
    post,
    REVISION,
    startStateless,
    toHeaders,
    toRequest
} from '../../helpers/stateless-fixture.ts';

const CLOCK = 'clock://now';

proves(
    ['stateless.discover'],
    'a client of 2026-07-28 finds the tools, and how long it may keep what it found',
    async () => {
        await using server = await startStateless();
        await using client = await connectStateless(server.url);
        expect(client.getNegotiatedProtocolVersion()).toBe(REVISION);
        expect(client.getServerVersion()).toMatchObject({ name: 'mcp-calculator' });
        expect(client.getServerCapabilities()).toMatchObject({
            tools: {},
            resources: { subscribe: true },
            prompts: {}
        });
        for (const method of [
            'tools/list',
            'resources/list',
            'resources/templates/list',
            'prompts/list',
            'server/discover'
        ]) {
            const { status, json } = await post(server.url, toRequest(method), toHeaders(method));
            expect([method, status, json.result.ttlMs, json.result.cacheScope]).toEqual([
                method,
                200,
                300_000,
                'private'
            ]);
        }
        const read = toRequest('resources/read', { uri: CLOCK });
        const clock = await post(server.url, read, toHeaders('resources/read', CLOCK));
        expect(clock.json.result).toMatchObject({ ttlMs: 0, cacheScope: 'private', resultType: 'complete' });
        const listed = (await client.listTools()).tools;
        expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    }
);

proves(['stateless.reply'], 'each tool answers, and a mistake of the caller is a result', async () => {
    await using api = await startJokeApi('answers');
    await using server = await startStateless(
        {},
        { jokeApi: { url: api.url, timeoutMs: 3000 }, now: () => new Date(0) }
    );
    await using client = await connectStateless(server.url);
    const call = (name: string, args: Record<string, unknown> = {}) => client.callTool({ name, arguments: args });
    expect(await call('add', { a: 2, b: 3 })).toMatchObject({
        content: [{ type: 'text', text: '5' }],
        structuredContent: { sum: 5 }
    });
    expect((await call('echo', { message: 'héllo' })).structuredContent).toEqual({
        echo: 'héllo',
        timestamp: '1970-01-01T00:00:00.000Z',
        transport: 'streamable-http'
    });
    expect((await call('server_time')).structuredContent).toMatchObject({ unix: 0, timezone: 'UTC' });
    expect((await call('random-joke')).structuredContent).toEqual({ joke: api.joke, source: 'api' });
    expect(await call('add', { a: 1e308, b: 1e308 })).toMatchObject({ isError: true });
    await expect(call('divide')).rejects.toMatchObject({ code: -32602 });
    const outcomes = server.reports.map(({ tool, outcome }) => `${tool} ${outcome}`);
    expect(outcomes).toEqual(['add ok', 'echo ok', 'server_time ok', 'random-joke ok', 'add error', 'unknown error']);
    expect(server.stateless.exchanges).toBe(0);
});

proves(
    ['stateless.reply'],
    'a caller who asks for it hears how far a call is, on the stream that brings the result',
    async () => {
        await using api = await startJokeApi('answers');
        await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 3000 } });
        await using client = await connectStateless(server.url);
        const steps: unknown[] = [];
        await client.callTool({ name: 'random-joke', arguments: {} }, { onprogress: step => steps.push(step) });
        expect(steps).toEqual([
            { progress: 1, total: 2, message: 'Asking the joke API' },
            { progress: 2, total: 2, message: 'The joke API has told one' }
        ]);
        const call = toRequest('tools/call', { name: 'random-joke' });
        const withToken = { ...call, params: { ...call.params, _meta: { ...envelope, progressToken: 'p' } } };
        const { headers, body } = await post(server.url, withToken, toHeaders('tools/call', 'random-joke'));
        expect(headers['content-type']).toBe('text/event-stream');
        const sent = [...body.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(String(data)));
        expect(sent).toMatchObject([
            { method: 'notifications/progress', params: { progressToken: 'p', progress: 1 } },
            { method: 'notifications/progress', params: { progressToken: 'p', progress: 2 } },
            { id: 1, result: { structuredContent: { joke: api.joke } } }
        ]);
    }
);

const add = toRequest('tools/call', { name: 'add', arguments: { a: 2, b: 3 } });
const addHeaders = toHeaders('tools/call', 'add');
const unsupported = {
    ...add,
    params: { ...add.params, _meta: { ...envelope, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' } }
};

for (const [what, body, headers, status, code] of [
    ['a header for another method', add, { ...addHeaders, 'Mcp-Method': 'tools/list' }, 400, -32020],
    ['no header for the method', add, { ...addHeaders, 'Mcp-Method': undefined }, 400, -32020],
    ['a header for another tool', add, { ...addHeaders, 'Mcp-Name': 'echo' }, 400, -32020],
    ['no header for the tool', add, { ...addHeaders, 'Mcp-Name': undefined }, 400, -32020],
    ['a header for another revision', add, { ...addHeaders, 'MCP-Protocol-Version': '2025-11-25' }, 400, -32020],
    ['no header for the revision', add, { ...addHeaders, 'MCP-Protocol-Version': undefined }, 400, -32020],
    ['a revision to come', unsupported, { ...addHeaders, 'MCP-Protocol-Version': '2099-01-01' }, 400, -32022],
    ['no envelope', { ...add, params: { name: 'add' } }, addHeaders, 400, -32602],
    ['an unknown method', toRequest('no/such-method'), toHeaders('no/such-method'), 404, -32601],
    ['initialize, which these revisions do not have', toRequest('initialize'), toHeaders('initialize'), 404, -32601],
    [
        'a method that is no more',
        toRequest('resources/subscribe', { uri: CLOCK }),
        toHeaders('resources/subscribe'),
        404,
        -32601
    ],
    [
        'a subscription to what is no URI',
        toRequest('subscriptions/listen', { notifications: { resourceSubscriptions: [CLOCK, 7] } }),
        toHeaders('subscriptions/listen'),
        400,
        -32602
    ],
    [
        'malformed params',
        toRequest('prompts/get', { name: 'what-time-is-it', arguments: { timezone: 7 } }),
        toHeaders('prompts/get', 'what-time-is-it'),
        400,
        -32602
    ]
] as const) {
    proves(['stateless.errors'], `${what}: status ${status}, code ${code}`, async () => {
        await using server = await startStateless();
        const answer = await post(server.url, body, headers);
        expect([answer.status, answer.json.error.code, answer.json.id]).toEqual([status, code, 1]);
        expect(answer.body).not.toMatch(/\.m?[jt]s:\d/);
        expect(server.refusals).toHaveLength(status === 400 ? 1 : 0);
    });
}

proves(
    ['stateless.errors'],
    'a defect of the server is told without its reasons, which the operator is told',
    async () => {
        const now = () => {
            throw new Error('the password is hunter2');
        };
        await using server = await startStateless({}, { now });
        const headers = toHeaders('resources/read', CLOCK);
        const { json, body } = await post(server.url, toRequest('resources/read', { uri: CLOCK }), headers);
        expect(json.error).toEqual({ code: -32603, message: 'Internal error' });
        expect(body).not.toContain('hunter2');
        expect(server.warnings).toEqual(['resources/read failed: the password is hunter2']);
    }
);

proves(['stateless.reply'], 'a client that cancels its call, or goes away, ends what the tool does', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
    await using client = await connectStateless(server.url);
    const caller = new AbortController();
    const call = client.callTool({ name: 'random-joke', arguments: {} }, { signal: caller.signal });
    await api.asked;
    caller.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => server.reports.map(({ outcome }) => outcome)).toEqual(['cancelled']);
    await expect.poll(() => server.stateless.exchanges).toBe(0);
    // That its caller has gone is nothing to tell the operator.
    expect(server.warnings).toEqual([]);
});

proves(
    ['stateless.subscribe'],
    'subscribers hear of each tick from one clock, which runs while there are any',
    async () => {
        await using server = await startStateless();
        await using first = await connectStateless(server.url);
        await using second = await connectStateless(server.url);
        const heard: string[] = [];
        for (const [name, client] of Object.entries({ first, second })) {
            client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
                heard.push(`${name} ${params.uri}`);
            });
        }
        const never = await first.listen({ resourceSubscriptions: ['clock://never'] });
        expect(never.honoredFilter).toEqual({});
        await never.close();
        await expect.poll(() => server.stateless.subscriptions).toBe(0);
        const filter = { resourceSubscriptions: [CLOCK, 'clock://never'] };
        const subscriptions = [await first.listen(filter), await second.listen(filter)] as const;
        expect(subscriptions[0].honoredFilter).toEqual({ resourceSubscriptions: [CLOCK] });
        expect([server.listeners, server.stateless.subscriptions]).toEqual([1, 2]);
        server.tick();
        await expect.poll(() => heard.sort()).toEqual([`first ${CLOCK}`, `second ${CLOCK}`]);
        await subscriptions[0].close();
        await expect.poll(() => server.stateless.subscriptions).toBe(1);
        expect(server.listeners).toBe(1);
        server.tick();
        await expect.poll(() => heard.length).toBe(3);
        await subscriptions[1].close();
        await expect.poll(() => [server.stateless.subscriptions, server.listeners]).toEqual([0, 0]);
    }
);

proves(
    ['stateless.limits'],
    'more requests, or subscriptions, than are taken are refused; the others go on',
    async () => {
        await using api = await startJokeApi('hangs');
        const jokeApi = { url: api.url, timeoutMs: 60_000 };
        await using server = await startStateless({ maxExchanges: 1, maxSubscriptions: 1 }, { jokeApi });
        await using client = await connectStateless(server.url);
        const call = client.callTool({ name: 'random-joke', arguments: {} });
        await api.asked;
        await client.listen({ resourceSubscriptions: [CLOCK] });
        const another = await post(server.url, listen, toHeaders('subscriptions/listen'));
        expect([another.status, another.json.error.code]).toEqual([503, -32000]);

        const refused = await post(server.url, { ...add, id: 'a' }, addHeaders);
        expect([refused.status, refused.headers['retry-after'], refused.json]).toEqual([
            503,
            '1',
            { jsonrpc: '2.0', error: { code: -32000, message: expect.stringMatching('as many requests') }, id: 'a' }
        ]);
        expect(server.refusals).toEqual(['too-many-subscriptions', 'too-many-exchanges']);
        // Another client, which holds few places, has some in reserve.
        const ofAnother = { 'X-Client': 'another' };
        expect((await post(server.url, add, { ...addHeaders, ...ofAnother })).status).toBe(200);
        const socket = openConnection(server.url, [listen, { ...toHeaders('subscriptions/listen'), ...ofAnother }]);
        await expect.poll(() => server.stateless.subscriptions).toBe(2);
        socket.destroy();
        api.answer();
        expect(await call).toMatchObject({ structuredContent: { source: 'api' } });
        expect((await post(server.url, add, addHeaders)).status).toBe(200);
    }
);

proves(['stateless.limits'], 'an answer that only waits for its reader holds no place', async () => {
    await using server = await startStateless({ maxExchanges: 1 });
    const echo = toRequest('tools/call', { name: 'echo', arguments: { message: 'x'.repeat(10_000_000) } });
    const socket = openConnection(server.url, [echo, toHeaders('tools/call', 'echo')]);
    socket.pause();
    await expect.poll(() => [server.reports.length, server.stateless.exchanges]).toEqual([1, 0]);
    expect((await post(server.url, add, addHeaders)).status).toBe(200);
    socket.destroy();
});

proves(['stateless.limits'], 'an id of any length does not come back with every tick', async () => {
    await using server = await startStateless();
    const headers = toHeaders('subscriptions/listen');
    const { status, json } = await post(server.url, { ...listen, id: 'x'.repeat(257) }, headers);
    expect([status, json.error.code]).toEqual([400, -32600]);
    expect(server.listeners).toBe(0);
    const socket = openConnection(server.url, [{ ...listen, id: 'x'.repeat(256) }, headers]);
    await expect.poll(() => server.listeners).toBe(1);
    socket.destroy();
});

proves(
    ['stateless.draining'],
    'draining lets a call in flight be answered, refuses others, and then ends the subscriptions',
    async () => {
        await using api = await startJokeApi('hangs');
        await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
        await using client = await connectStateless(server.url);
        const subscription = await client.listen({ resourceSubscriptions: [CLOCK] });
        const call = client.callTool({ name: 'random-joke', arguments: {} });
        await api.asked;
        const drained = server.stateless.drain(60_000);
        // It goes by the first word.
        expect(server.stateless.drain(0)).toBe(drained);
        const late = await post(server.url, add, addHeaders);
        expect([late.status, late.headers['retry-after'], late.json.error.code]).toEqual([503, '5', -32000]);
        expect([server.stateless.exchanges, server.stateless.subscriptions]).toEqual([1, 1]);
        api.answer();
        expect(await call).toMatchObject({ structuredContent: { source: 'api' } });
        expect(await subscription.closed).toBe('graceful');
        await drained;
        expect([server.stateless.exchanges, server.stateless.subscriptions, server.listeners]).toEqual([0, 0, 0]);
    }
);

proves(['stateless.draining'], 'draining gives a call up when the time is over', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
    await using client = await connectStateless(server.url);
    const call = client.callTool({ name: 'random-joke', arguments: {} });
    await api.asked;
    const [answer] = await Promise.allSettled([call, server.stateless.drain(50)]);
    expect(answer.status).toBe('rejected');
    expect(server.stateless.exchanges).toBe(0);
});

proves(['stateless.draining'], 'draining waits for no reader that does not read', async () => {
    await using server = await startStateless();
    const echo = toRequest('tools/call', { name: 'echo', arguments: { message: 'x'.repeat(10_000_000) } });
    const socket = openConnection(server.url, [echo, toHeaders('tools/call', 'echo')]);
    socket.pause();
    await expect.poll(() => server.reports.length).toBe(1);
    await server.stateless.drain(0);
    await expect.poll(() => server.stateless.exchanges).toBe(0);
    socket.destroy();
});

/** A connection that sends requests, one behind the other, and is read by its opener alone. */
function openConnection(url: URL, ...requests: [body: object, headers: Record<string, string>][]): Socket {
    const socket = connect(Number(url.port), url.hostname).on('error', () => {});
    for (const [body, headers] of requests) {
        const text = JSON.stringify(body);
        const lines = Object.entries({ ...headers, Host: url.host, 'Content-Length': String(Buffer.byteLength(text)) });
        socket.write(
            `POST /mcp HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`
        );
    }
    return socket;
}

const listen = toRequest('subscriptions/listen', { notifications: { resourceSubscriptions: [CLOCK] } });

proves(['stateless.limits'], 'a reader that stops reading is cut off, and its subscription ends', async () => {
    await using server = await startStateless({ heartbeatMs: 25 });
    const socket = openConnection(server.url, [listen, toHeaders('subscriptions/listen')]);
    await once(socket, 'data');
    socket.pause();
    await expect.poll(() => server.listeners).toBe(1);
    // As much as fills the buffers of both ends, and what then waits goes to nobody.
    for (let i = 0; i < 100_000 && server.listeners > 0; i++) {
        server.tick();
        if (i % 1000 === 0) await new Promise(setImmediate);
    }
    await expect.poll(() => [server.stateless.subscriptions, server.listeners], { timeout: 10_000 }).toEqual([0, 0]);
    socket.destroy();
});

proves(['stateless.limits'], 'a reader that reads is not cut off, however long nothing happens', async () => {
    await using server = await startStateless({ heartbeatMs: 25 });
    const socket = openConnection(server.url, [listen, toHeaders('subscriptions/listen')]);
    let heartbeats = 0;
    socket.on('data', chunk => {
        heartbeats += String(chunk).split(': keepalive').length - 1;
    });
    await expect.poll(() => heartbeats, { timeout: 10_000 }).toBeGreaterThan(8);
    expect(server.stateless.subscriptions).toBe(1);
    socket.destroy();
    await expect.poll(() => server.listeners).toBe(0);
});

proves(
    ['http.pipelining'],
    'a request behind one that is not answered waits, and is dropped with its connection',
    async () => {
        await using api = await startJokeApi('hangs');
        await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
        const joke = toRequest('tools/call', { name: 'random-joke' });
        const socket = openConnection(
            server.url,
            [joke, toHeaders('tools/call', 'random-joke')],
            [listen, toHeaders('subscriptions/listen')]
        );
        await api.asked;
        expect([server.stateless.exchanges, server.listeners]).toEqual([1, 0]);
        socket.destroy();
        await expect.poll(() => server.stateless.exchanges).toBe(0);
        expect((await post(server.url, add, addHeaders)).status).toBe(200);
        expect([server.stateless.subscriptions, server.listeners]).toEqual([0, 0]);
    }
);

proves(
    ['http.pipelining'],
    'many requests that wait for one before them are answered in order, without a warning',
    async () => {
        await using api = await startJokeApi('hangs');
        await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
        const warnings: Error[] = [];
        const note = (warning: Error) => warnings.push(warning);
        process.on('warning', note);
        const joke = toRequest('tools/call', { name: 'random-joke' });
        const socket = openConnection(
            server.url,
            [joke, toHeaders('tools/call', 'random-joke')],
            ...Array.from({ length: 30 }, (): [object, Record<string, string>] => [add, addHeaders])
        );
        let answers = 0;
        socket.on('data', chunk => {
            answers += String(chunk).split('HTTP/1.1 200').length - 1;
        });
        await api.asked;
        expect(server.stateless.exchanges).toBe(1);
        api.answer();
        await expect.poll(() => answers).toBe(31);
        expect(server.stateless.exchanges).toBe(0);
        socket.destroy();
        process.off('warning', note);
        expect(warnings).toEqual([]);
    }
);

proves(
    ['stateless.subscribe'],
    'a subscription to nothing ends, and its connection too if the client asks for that',
    async () => {
        await using server = await startStateless();
        const body = JSON.stringify(toRequest('subscriptions/listen', { notifications: {} }));
        const headers = { ...toHeaders('subscriptions/listen'), Host: 'localhost', Connection: 'close' };
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
        const head = ['POST /mcp HTTP/1.1', ...lines, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n');
        expect(await sendRaw(server.url.href, `${head}\r\n\r\n${body}`)).toContain('"resultType":"complete"');
    }
);
