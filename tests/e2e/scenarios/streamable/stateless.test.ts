import { startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { tools } from '@calc/tools';
import { expect } from 'vitest';
import {
    add,
    addHeaders,
    CLOCK,
    connectStateless,
    envelope,
    post,
    REVISION,
    startStateless,
    toHeaders,
    toRequest
} from '../../helpers/stateless-fixture.ts';

proves(
    ['stateless.discover'],
    'a client of 2026-07-28 lists the tools, with the time that it may cache them',
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

proves(['stateless.reply'], 'each tool answers, and wrong arguments are a result with isError', async () => {
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

proves(['stateless.reply'], 'a call with a progress token gets progress on the stream of its result', async () => {
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
});

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
        'a subscription to a malformed URI',
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

proves(['stateless.errors'], 'an internal error is answered without its reason, which is logged', async () => {
    const now = () => {
        throw new Error('the password is hunter2');
    };
    await using server = await startStateless({}, { now });
    const headers = toHeaders('resources/read', CLOCK);
    const { json, body } = await post(server.url, toRequest('resources/read', { uri: CLOCK }), headers);
    expect(json.error).toEqual({ code: -32603, message: 'Internal error' });
    expect(body).not.toContain('hunter2');
    expect(server.warnings).toEqual(['resources/read failed: the password is hunter2']);
});

proves(['stateless.reply'], 'a client that cancels its call, or disconnects, aborts the tool', async () => {
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
    'all subscribers are notified of each tick of one clock, which runs only while there are subscribers',
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
