import { type JokeApi, startJokeApi, startServer, stdioMain } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { tools } from '@calc/tools';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect } from 'vitest';

const CLOCK = 'clock://now';
const info = { name: 'test client', version: '1' };

type Params = { name: string; arguments: Record<string, unknown> };
type Options = { onprogress?: (progress: unknown) => void; signal?: AbortSignal };

/** What both generations of the SDK's client can do, each in its own words. */
interface AnyClient extends AsyncDisposable {
    protocolVersion: string | undefined;
    listTools(params?: { cursor: string }): Promise<unknown>;
    listResources(): Promise<unknown>;
    listResourceTemplates(): Promise<unknown>;
    listPrompts(): Promise<unknown>;
    callTool(params: Params, options?: Options): Promise<unknown>;
    readResource(params: { uri: string }): Promise<unknown>;
    getPrompt(params: { name: string; arguments: Record<string, string> }): Promise<unknown>;
    complete(params: {
        ref: { type: 'ref/prompt'; name: string };
        argument: { name: string; value: string };
    }): Promise<unknown>;
    /** Subscribes to the clock; `tell` is called with each update. Returns what ends it. */
    subscribe(tell: (uri: string) => void): Promise<() => Promise<unknown>>;
}

/** Both clients lose progress that they read together with the reply, so it is taken from the transport. */
function tapProgress(transport: object) {
    let onprogress: Options['onprogress'];
    const take: (message: unknown, extra: unknown) => void = Reflect.get(transport, 'onmessage');
    Reflect.set(transport, 'onmessage', (message: { method?: string; params?: unknown }, extra: unknown) => {
        if (message.method === 'notifications/progress') onprogress?.(message.params);
        take(message, extra);
    });
    return (listener: Options['onprogress']) => {
        onprogress = listener;
    };
}

type Alike = Omit<AnyClient, 'protocolVersion' | 'callTool' | 'subscribe' | typeof Symbol.asyncDispose>;

/** What both generations say in the same words. */
function toAlike(client: Alike & { close(): Promise<void> }): Alike & AsyncDisposable {
    return {
        listTools: params => client.listTools(params),
        listResources: () => client.listResources(),
        listResourceTemplates: () => client.listResourceTemplates(),
        listPrompts: () => client.listPrompts(),
        readResource: params => client.readResource(params),
        getPrompt: params => client.getPrompt(params),
        complete: params => client.complete(params),
        [Symbol.asyncDispose]: () => client.close()
    };
}

async function connectFirst(transport: Parameters<Client['connect']>[0]): Promise<AnyClient> {
    const client = new Client(info);
    await client.connect(transport);
    const listen = tapProgress(transport);
    return {
        protocolVersion: Reflect.get(transport, 'protocolVersion') ?? '2025-11-25',
        ...toAlike(client),
        callTool(params, options) {
            listen(options?.onprogress);
            return client.callTool(params, undefined, options && { ...options, onprogress: () => {} });
        },
        async subscribe(tell) {
            client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => tell(params.uri));
            await client.subscribeResource({ uri: CLOCK });
            return () => client.unsubscribeResource({ uri: CLOCK });
        }
    };
}

async function connectSecond(transport: Parameters<ClientV2['connect']>[0], revision: string): Promise<AnyClient> {
    const client = new ClientV2(info, { versionNegotiation: { mode: { pin: revision } } });
    await client.connect(transport);
    const listen = tapProgress(transport);
    return {
        protocolVersion: client.getNegotiatedProtocolVersion(),
        ...toAlike(client),
        callTool(params, options) {
            listen(options?.onprogress);
            return client.callTool(params, options && { ...options, onprogress: () => {} });
        },
        async subscribe(tell) {
            client.setNotificationHandler('notifications/resources/updated', ({ params }) => tell(params.uri));
            const subscription = await client.listen({ resourceSubscriptions: [CLOCK] });
            return () => subscription.close();
        }
    };
}

interface Way {
    name: string;
    protocolVersion: string;
    /** What `echo` says of the transport. */
    transport: string;
    connect(urls: { sse: URL; mcp: URL }, env: Record<string, string>): Promise<AnyClient>;
}

const stdio = (env: Record<string, string>) => ({ command: process.execPath, args: [stdioMain], env });

const ways: Way[] = [
    {
        name: 'stdio, 2025-11-25',
        protocolVersion: '2025-11-25',
        transport: 'stdio',
        connect: (_urls, env) => connectFirst(new StdioClientTransport(stdio(env)))
    },
    {
        name: 'stdio, 2026-07-28',
        protocolVersion: '2026-07-28',
        transport: 'stdio',
        connect: (_urls, env) => connectSecond(new StdioV2(stdio(env)), '2026-07-28')
    },
    {
        name: 'HTTP+SSE',
        protocolVersion: '2025-11-25',
        transport: 'sse',
        connect: ({ sse }) => connectFirst(new SSEClientTransport(sse))
    },
    {
        name: 'Streamable HTTP, 2025-11-25',
        protocolVersion: '2025-11-25',
        transport: 'streamable-http',
        connect: ({ mcp }) => connectFirst(new StreamableHTTPClientTransport(mcp))
    },
    {
        name: 'Streamable HTTP, 2026-07-28',
        protocolVersion: '2026-07-28',
        transport: 'streamable-http',
        connect: ({ mcp }) => connectSecond(new HttpV2(mcp), '2026-07-28')
    }
];

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
    await expect.poll(() => updates.length, { timeout: 5000 }).toBeGreaterThan(1);
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
                await using server = await startServer({ JOKE_API_URL: api.url });
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
