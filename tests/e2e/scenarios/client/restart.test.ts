import { randomInt } from 'node:crypto';
import { connectKept, patient, startServer } from '@calc/test-helpers';
import { SessionKeeper, StreamableTransport } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';

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
    await expect.poll(() => kept.names().at(-1)).toBe('renewed');
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
