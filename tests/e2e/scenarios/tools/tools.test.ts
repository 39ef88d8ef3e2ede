import { connectClient, openStream, startJokeApi, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { builtInJokes, createEnvironment, tools } from '@calc/tools';
import { expect, test } from 'vitest';

const now = () => new Date('2026-07-01T12:34:56.789Z');

proves(['tool.list'], 'tools/list has every tool with its title, schemas and annotations', async () => {
    await using server = await startServer();
    await using client = await connectClient(server.sseUrl);
    const { tools: listed } = await client.listTools();
    expect(listed.map(tool => tool.name)).toEqual(tools.map(tool => tool.name));
    for (const tool of listed) {
        expect(tool).toMatchObject({
            title: expect.any(String),
            description: expect.any(String),
            inputSchema: { type: 'object', additionalProperties: false },
            outputSchema: { type: 'object' },
            annotations: { readOnlyHint: true }
        });
    }
    expect(listed.find(tool => tool.name === 'random-joke')?.annotations).toMatchObject({ openWorldHint: true });
});

proves(['tool.add', 'tool.structured'], 'add sums, and an overflow is an error', async () => {
    await using server = await startServer();
    await using client = await connectClient(server.sseUrl);
    const add = (a: unknown, b: unknown) => client.callTool({ name: 'add', arguments: { a, b } });
    expect(await add(2, 3)).toEqual({ content: [{ type: 'text', text: '5' }], structuredContent: { sum: 5 } });
    expect(await add(0.1, 0.2)).toMatchObject({ content: [{ text: '0.30000000000000004' }] });
    const overflow = await add(1.7e308, 1.7e308);
    expect(overflow).toMatchObject({
        isError: true,
        content: [{ text: expect.stringMatching('largest possible number') }]
    });
    expect(JSON.stringify(overflow)).not.toMatch('Infinity');
});

proves(['tool.arguments'], 'the error names each wrong argument and what was expected', async () => {
    await using server = await startServer();
    await using client = await connectClient(server.sseUrl);
    for (const [args, expected] of [
        [{ a: 'two', b: 3 }, /a: .*expected number/],
        [{ a: 2 }, /b: .*expected number/],
        [{ a: 1, b: 2, c: 3 }, /"c"/]
    ] as const) {
        const result = await client.callTool({ name: 'add', arguments: args });
        expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(expected) }] });
    }
});

proves(['tool.echo'], 'echo returns the message, the time and the transport', async () => {
    await using server = await startServer({}, { now });
    await using client = await connectClient(server.sseUrl);
    const { structuredContent, content } = await client.callTool({ name: 'echo', arguments: { message: 'héllo' } });
    expect(structuredContent).toEqual({ echo: 'héllo', timestamp: '2026-07-01T12:34:56.789Z', transport: 'sse' });
    expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }]);
});

proves(['tool.server-time'], 'server_time returns the time in a zone, and names an unknown zone', async () => {
    await using server = await startServer({}, { now });
    await using client = await connectClient(server.sseUrl);
    const tell = (args: object) => client.callTool({ name: 'server_time', arguments: { ...args } });
    expect((await tell({ timezone: 'Asia/Kolkata' })).structuredContent).toEqual({
        iso: '2026-07-01T12:34:56.789Z',
        local: '2026-07-01 18:04:56',
        unix: 1782909296,
        timezone: 'Asia/Kolkata'
    });
    expect((await tell({})).structuredContent).toMatchObject({ local: '2026-07-01 12:34:56', timezone: 'UTC' });
    expect(await tell({ timezone: 'Mars/Olympus' })).toMatchObject({
        isError: true,
        content: [{ text: expect.stringMatching('Mars/Olympus') }]
    });
});

proves(['tool.random-joke'], 'random-joke returns the joke of the API', async () => {
    await using api = await startJokeApi('answers');
    await using server = await startServer({ JOKE_API_URL: api.url });
    await using client = await connectClient(server.sseUrl);
    expect(await client.callTool({ name: 'random-joke' })).toEqual({
        content: [{ type: 'text', text: api.joke }],
        structuredContent: { joke: api.joke, source: 'api' }
    });
});

for (const [behaviour, reason, timeoutMs] of [
    ['hangs', 'did not answer within 50 ms', 50],
    ['fails', 'answered with status 500', 5000],
    ['talks rubbish', 'answered with something that is not a joke', 5000],
    ['answers an empty joke', 'answered with something that is not a joke', 5000]
] as const) {
    proves(['tool.random-joke'], `an API that ${behaviour} is replaced by a built-in joke`, async () => {
        await using api = await startJokeApi(behaviour);
        const warnings: string[] = [];
        await using server = await startServer(
            { JOKE_API_URL: api.url, JOKE_API_TIMEOUT_MS: String(timeoutMs) },
            { random: () => 0.999, warn: message => warnings.push(message) }
        );
        await using client = await connectClient(server.sseUrl);
        const result = await client.callTool({ name: 'random-joke' });
        expect(result.structuredContent).toEqual({ joke: builtInJokes.at(-1), source: 'built-in' });
        expect(result._meta).toEqual({ fallbackReason: `the joke API ${reason}` });
        expect(warnings).toEqual([expect.stringMatching(reason)]);
    });
}

proves(['tool.random-joke'], 'an API that is not reachable is replaced by a built-in joke', async () => {
    const api = await startJokeApi('answers');
    await api[Symbol.asyncDispose]();
    await using server = await startServer({ JOKE_API_URL: api.url }, { warn: () => {}, random: () => 0 });
    await using client = await connectClient(server.sseUrl);
    const { structuredContent } = await client.callTool({ name: 'random-joke' });
    expect(structuredContent).toEqual({ joke: builtInJokes[0], source: 'built-in' });
});

test('by default the joke API has three seconds to answer', () => {
    expect(createEnvironment().jokeApi.timeoutMs).toBe(3000);
});

test('an error thrown by a tool is reported without its reason, which is logged', async () => {
    let isBroken = false;
    const warnings: string[] = [];
    const now = () => {
        if (isBroken) throw new Error('the password is hunter2');
        return new Date();
    };
    await using server = await startServer({}, { now, warn: message => warnings.push(message) });
    await using stream = await openStream(server.sseUrl);
    isBroken = true;
    const echo = await stream.request(1, 'tools/call', { name: 'echo', arguments: { message: 'hello' } });
    expect(echo).toMatchObject({
        result: { isError: true, content: [{ text: expect.stringMatching('^echo failed inside the server') }] }
    });
    const clock = await stream.request(2, 'resources/read', { uri: 'clock://now' });
    expect(clock).toEqual({ jsonrpc: '2.0', id: 2, error: { code: -32603, message: 'Internal error' } });
    expect(JSON.stringify([echo, clock])).not.toContain('hunter2');
    expect(warnings).toEqual(['echo', 'resources/read'].map(what => `${what} failed: the password is hunter2`));
});
