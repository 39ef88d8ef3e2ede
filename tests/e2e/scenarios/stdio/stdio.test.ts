import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startJokeApi, stdioMain } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { tools } from '@calc/tools';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { REVISION } from '../../helpers/stateless-fixture.ts';
import { initialize, startStdio, toLegacy } from '../../helpers/stdio-process.ts';

const CLOCK = 'clock://now';
const info = { name: 'test client', version: '1' };

/** What a test asks of each client, whatever its generation and revision. */
interface AnyClient {
    listTools(): Promise<{ tools: { name: string }[] }>;
    callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<Record<string, unknown>>;
    readResource(params: { uri: string }): Promise<{ contents: unknown[] }>;
    close(): Promise<void>;
}

interface Connection {
    client: AnyClient;
    /** Subscribes to the clock, and settles after two updates and the end of the subscription. */
    hearClock(): Promise<void>;
}

function twice() {
    let told = 0;
    let done = () => {};
    const heard = new Promise<void>(resolve => {
        done = resolve;
    });
    const tell = () => {
        if (++told === 2) done();
    };
    return { heard, tell };
}

async function connectFirst(env: Record<string, string>): Promise<Connection> {
    const client = new FirstClient(info);
    await client.connect(new FirstTransport({ command: process.execPath, args: [stdioMain], env, stderr: 'ignore' }));
    const hearClock = async () => {
        const { heard, tell } = twice();
        client.setNotificationHandler(ResourceUpdatedNotificationSchema, tell);
        await client.subscribeResource({ uri: CLOCK });
        await heard;
        await client.unsubscribeResource({ uri: CLOCK });
    };
    return { client, hearClock };
}

async function connectSecond(env: Record<string, string>, mode: 'legacy' | { pin: string }): Promise<Connection> {
    const client = new Client(info, { versionNegotiation: { mode } });
    await client.connect(
        new StdioClientTransport({ command: process.execPath, args: [stdioMain], env, stderr: 'ignore' })
    );
    const hearClock = async () => {
        const { heard, tell } = twice();
        client.setNotificationHandler('notifications/resources/updated', tell);
        if (mode === 'legacy') {
            await client.subscribeResource({ uri: CLOCK });
            await heard;
            await client.unsubscribeResource({ uri: CLOCK });
        } else {
            const subscription = await client.listen({ resourceSubscriptions: [CLOCK] });
            await heard;
            await subscription.close();
        }
    };
    return { client, hearClock };
}

for (const [who, connect] of [
    ['the client of the first generation', connectFirst],
    ['the client of the second, in 2025,', (env: Record<string, string>) => connectSecond(env, 'legacy')],
    [
        `the client of the second, in ${REVISION},`,
        (env: Record<string, string>) => connectSecond(env, { pin: REVISION })
    ]
] as const) {
    test.concurrent(`${who} lists and calls the tools over stdio, and gets updates of the clock`, async () => {
        await using api = await startJokeApi('answers');
        const { client, hearClock } = await connect({ JOKE_API_URL: api.url });
        await using _ = { [Symbol.asyncDispose]: () => client.close() };
        const listed = (await client.listTools()).tools;
        expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
        const call = (name: string, args: Record<string, unknown> = {}) => client.callTool({ name, arguments: args });
        expect(await call('add', { a: 2, b: 3 })).toMatchObject({ structuredContent: { sum: 5 } });
        expect(await call('add', { a: 'two', b: 3 })).toMatchObject({ isError: true });
        expect(await call('echo', { message: 'hi' })).toMatchObject({ structuredContent: { transport: 'stdio' } });
        expect(await call('server_time')).toMatchObject({ structuredContent: { timezone: 'UTC' } });
        expect(await call('random-joke')).toMatchObject({ structuredContent: { joke: api.joke, source: 'api' } });
        expect((await client.readResource({ uri: CLOCK })).contents).toMatchObject([{ uri: CLOCK }]);
        await hearClock();
    });
}

proves(['stdio.end'], 'input that ends immediately, or is not a message, ends the server with 0', async () => {
    await using silent = startStdio();
    silent.child.stdin.end();
    expect(await silent.ended).toEqual({ code: 0, messages: [], stderr: '' });

    await using server = startStdio();
    server.child.stdin.write('not JSON\n\n');
    server.send(initialize, toLegacy('no/such-method', {}, 1), toLegacy('prompts/get', {}, 2));
    server.child.stdin.end();
    const { code, messages } = await server.ended;
    expect(code).toBe(0);
    // What has nothing to wait for may overtake.
    expect(messages.sort((a, b) => a.id - b.id)).toMatchObject([
        { id: null, error: { code: -32700 } },
        { id: 0, result: {} },
        { id: 1, error: { code: -32601 } },
        { id: 2, error: { code: -32602 } }
    ]);
});

test('warnings go to standard error', async () => {
    await using api = await startJokeApi('fails');
    await using server = startStdio({ JOKE_API_URL: api.url });
    server.send(initialize, toLegacy('tools/call', { name: 'random-joke' }, 1));
    server.child.stdin.end();
    const { messages, stderr } = await server.ended;
    expect(messages.at(-1)).toMatchObject({ id: 1, result: { structuredContent: { source: 'built-in' } } });
    expect(stderr).toBe('random-joke: the joke API answered with status 500; told a built-in joke instead\n');
});

proves(['stdio.end'], 'the server ends when the client closes its output', async () => {
    const child = spawn(process.execPath, [stdioMain], { env: { PATH: process.env.PATH } });
    child.stdout.destroy();
    child.stdin.on('error', () => {}).write(`${JSON.stringify(initialize)}\n`);
    expect(await once(child, 'exit')).toEqual([0, null]);
});

proves(
    ['stdio.end'],
    'an invalid JOKE_API_URL is reported in one line, without its password, and exit code 2',
    async () => {
        for (const [url, shown] of [
            ['ftp://jokes', '"ftp://jokes"'],
            ['http://me:secret@jokes', '"http://…@jokes"']
        ] as const) {
            await using server = startStdio({ JOKE_API_URL: url });
            const { code, messages, stderr } = await server.ended;
            expect([code, messages]).toEqual([2, []]);
            expect(stderr).toBe(`JOKE_API_URL must be an http or https URL, got ${shown}\n`);
        }
    }
);
