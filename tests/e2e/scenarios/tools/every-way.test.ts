import { type JokeApi, startJokeApi, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { tools } from '@calc/tools';
import { expect } from 'vitest';
import { type AnyClient, CLOCK, type Options, ways } from './ways.ts';

/** Everything that a client can ask of the calculator, and what it was told. */
async function useAll(client: AnyClient, api: JokeApi, transport: string): Promise<Record<string, unknown>> {
    const call = (name: string, args: Record<string, unknown> = {}, options?: Options, more: object = {}) =>
        client.callTool({ name, arguments: args, ...more }, options);
    const told: Record<string, unknown> = {
        tools: await client.listTools(),
        resources: await client.listResources(),
        templates: await client.listResourceTemplates(),
        prompts: await client.listPrompts(),
        sum: await call('add', { a: 2, b: 3 }),
        time: Object.keys(Object(await call('server_time', { timezone: 'Europe/Paris' })).structuredContent),
        unknownTool: await errorOf(call('divide')),
        badArgument: await call('add', { a: 'two', b: 3 }),
        unknownArgument: await call('add', { a: 2, b: 3, c: 4 }),
        overflow: await call('add', { a: 1e308, b: 1e308 }),
        unknownZone: await call('server_time', { timezone: 'Mars/Olympus' }),
        jokeResource: await client.readResource({ uri: 'joke://built-in/1' }),
        prompt: await client.getPrompt({ name: 'what-time-is-it', arguments: { timezone: 'UTC' } }),
        completion: await client.complete({
            ref: { type: 'ref/prompt', name: 'what-time-is-it' },
            argument: { name: 'timezone', value: 'Europe/Par' }
        }),
        unknownPrompt: await errorOf(client.getPrompt({ name: 'no-such-prompt', arguments: {} })),
        unknownCursor: await errorOf(client.listTools({ cursor: 'bogus' })),
        task: await call('add', { a: 2, b: 3 }, undefined, { task: { ttl: 1 } })
    };
    const echoed = Object(Object(await call('echo', { message: 'héllo' })).structuredContent);
    expect(echoed).toMatchObject({ echo: 'héllo', transport });
    told.echo = Object.keys(echoed);

    const progress: unknown[] = [];
    const joking = call('random-joke', {}, { onprogress: step => progress.push(toStep(step)) });
    await expect.poll(() => api.hanging).toBeGreaterThan(0);
    api.answer();
    told.joke = await joking;
    told.progress = progress;

    const gone = api.left;
    const caller = new AbortController();
    const cancelled = call('random-joke', {}, { signal: caller.signal });
    const outcome = errorOf(cancelled);
    await expect.poll(() => api.hanging).toBe(1);
    caller.abort();
    await outcome;
    // The tool has closed its request to the API before the API answered.
    await expect.poll(() => api.left).toBe(gone + 1);

    const updates: string[] = [];
    const unsubscribe = await client.subscribe(uri => updates.push(uri));
    await expect.poll(() => updates.length).toBeGreaterThan(1);
    await unsubscribe();
    told.updates = new Set(updates);
    return told;
}

/** Without the token, which is each client's own. */
function toStep(progress: unknown): unknown {
    const { progressToken: _token, ...step } = Object(progress);
    return step;
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
    try {
        return await call;
    } catch (error) {
        const { code, message, data } = Object(error);
        // The first generation puts the code into the message.
        return { code, message: message.replace(/^MCP error -\d+: /, ''), data };
    }
}

/** Without what 2026-07-28 adds to every result. */
function withoutRevision(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutRevision);
    if (typeof value !== 'object' || value === null || value instanceof Set) return value;
    const entries = Object.entries(value).flatMap(([key, member]) => {
        if (['ttlMs', 'cacheScope', 'resultType', 'io.modelcontextprotocol/serverInfo'].includes(key)) return [];
        const cleaned = withoutRevision(member);
        return key === '_meta' && Object.keys(Object(cleaned)).length === 0 ? [] : [[key, cleaned]];
    });
    return Object.fromEntries(entries);
}

proves(
    [
        'tool.list',
        'tool.structured',
        'tool.arguments',
        'tool.unknown',
        'tool.task',
        'rpc.cursor',
        'resource.clock',
        'resource.template',
        'resource.unknown',
        'prompt'
    ],
    'every client gets the same answers over every transport',
    async () => {
        const told = await Promise.all(
            ways.map(async ({ name, protocolVersion, transport, connect }) => {
                await using api = await startJokeApi('hangs');
                await using server = await startServer(api.env);
                const urls = { sse: new URL(server.sseUrl), mcp: new URL(server.mcpUrl) };
                await using client = await connect(urls, { JOKE_API_URL: api.url });
                expect(client.protocolVersion, name).toBe(protocolVersion);
                // The one code on which the revisions differ.
                const unknown = await errorOf(client.readResource({ uri: 'joke://built-in/99999' }));
                expect(unknown, name).toMatchObject({
                    code: protocolVersion < '2026' ? -32002 : -32602,
                    message: expect.stringContaining('no resource "joke://built-in/99999"'),
                    data: { uri: 'joke://built-in/99999' }
                });
                return { name, told: withoutRevision(await useAll(client, api, transport)) };
            })
        );
        const [first, ...others] = told;
        expect(first?.told).toMatchObject({
            tools: { tools: tools.map(({ name }) => ({ name })) },
            sum: { content: [{ type: 'text', text: '5' }], structuredContent: { sum: 5 } },
            unknownTool: { code: -32602, message: expect.stringContaining('the tools are add, echo') },
            unknownCursor: { code: -32602 },
            task: { structuredContent: { sum: 5 } },
            joke: { structuredContent: { source: 'api' } },
            progress: [
                { progress: 1, total: 2 },
                { progress: 2, total: 2 }
            ],
            unknownPrompt: { code: -32602 },
            updates: new Set([CLOCK])
        });
        for (const { name, told } of others) expect(told, name).toEqual(first?.told);
    }
);
