import { randomInt } from 'node:crypto';
import { connectKept, patient, runNode, serverMain, startServer } from '@calc/test-helpers';
import { SessionKeeper, StreamableTransport } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';

test('a server that is killed and started again in the middle of 100 calls answers them all', async () => {
    const port = randomInt(20_000, 28_000);
    const env = { PORT: `${port}`, LOG_LEVEL: 'silent' };
    const killed = runNode(serverMain, [], env);
    await using _killed = killed;
    await killed.printed(/\/sse/);
    await using kept = await connectKept(`http://127.0.0.1:${port}/sse`, patient);
    const { tools } = await kept.client.listTools();
    expect(tools.map(({ name }) => name)).toContain('echo');
    const call = async (number: number) => {
        const { structuredContent } = await kept.client.callTool({
            name: 'echo',
            arguments: { message: `message ${number}` }
        });
        return Object(structuredContent).echo;
    };
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    const answers = Promise.all(numbers.map(call));
    await call(1000);
    killed.kill('SIGKILL');
    await killed.ended;
    const late = Promise.all(numbers.map(number => call(100 + number)));
    await using restarted = runNode(serverMain, [], env);
    await restarted.printed(/\/sse/);
    expect(await answers).toEqual(numbers.map(number => `message ${number}`));
    expect(await late).toEqual(numbers.map(number => `message ${100 + number}`));
    expect(kept.names()).toContain('renewed');
    expect(kept.closes).toBe(0);
});

test('over HTTP+SSE a subscription continues after the server restarts', async () => {
    const port = `${randomInt(20_000, 28_000)}`;
    const first = await startServer({ PORT: port });
    await using kept = await connectKept(first.sseUrl, patient);
    const updated = () =>
        new Promise<string>(resolve => {
            kept.client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri));
        });
    await kept.client.subscribeResource({ uri: 'clock://now' });
    expect(await updated()).toBe('clock://now');
    await first.close();
    await using _second = await startServer({ PORT: port });
    await expect.poll(() => kept.names().at(-1), { timeout: 5000 }).toBe('renewed');
    expect(await updated()).toBe('clock://now');
    expect(kept.errors).toEqual([]);
});

test('over Streamable HTTP a subscription and calls continue after the server restarts', async () => {
    const port = `${randomInt(20_000, 28_000)}`;
    const first = await startServer({ PORT: port });
    const open = (fetch: FetchLike) => new StreamableHTTPClientTransport(new URL(first.mcpUrl), { fetch });
    const client = new Client({ name: 'kept client', version: '1' });
    await client.connect(new SessionKeeper(new StreamableTransport(open, patient), patient));
    const updated = () =>
        new Promise<string>(resolve => {
            client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri));
        });
    await client.listTools();
    await client.subscribeResource({ uri: 'clock://now' });
    expect(await updated()).toBe('clock://now');
    await first.close();
    const early = client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    await using _second = await startServer({ PORT: port });
    expect((await early).structuredContent).toEqual({ sum: 5 });
    expect(await updated()).toBe('clock://now');
    await client.close();
});
