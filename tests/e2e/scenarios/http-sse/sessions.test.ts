import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createMcpServer } from '@calc/sse-server';
import { connectClient, openStream, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { createClock, createEnvironment } from '@calc/tools';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';
import { expect, test } from 'vitest';

proves(['session.isolated'], 'two clients with the same request ids get their own replies', async () => {
    await using server = await startServer();
    await using one = await openStream(server.sseUrl);
    await using two = await openStream(server.sseUrl);
    const ids = Array.from({ length: 50 }, (_, index) => index);
    const calls = ids.flatMap(id => [
        one.request(id, 'tools/call', { name: 'echo', arguments: { message: `one ${id}` } }),
        two.request(id, 'tools/call', { name: 'echo', arguments: { message: `two ${id}` } })
    ]);
    await Promise.all(calls);
    for (const [name, stream] of Object.entries({ one, two })) {
        const echoes = stream.messages().map(({ id, result }) => [id, Object(result?.structuredContent).echo]);
        expect(echoes.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(ids.map(id => [id, `${name} ${id}`]));
    }
});

proves(['session.isolated'], 'two SDK clients get their own sums', async () => {
    await using server = await startServer();
    await using one = await connectClient(server.sseUrl);
    await using two = await connectClient(server.sseUrl);
    const sum = async (client: typeof one, a: number, b: number) =>
        (await client.callTool({ name: 'add', arguments: { a, b } })).structuredContent;
    const sums = await Promise.all(Array.from({ length: 20 }, (_, i) => [sum(one, i, 1), sum(two, i, 1000)]).flat());
    expect(sums).toEqual(Array.from({ length: 20 }, (_, i) => [{ sum: i + 1 }, { sum: i + 1000 }]).flat());
});

test('one McpServer shared by all sessions, as in many tutorials, fails with the second client', async () => {
    const shared = createMcpServer({ environment: createEnvironment(), clock: createClock(), transport: 'sse' });
    const app = express();
    const transports = new Map<string, SSEServerTransport>();
    app.get('/sse', async (_req, res) => {
        const transport = new SSEServerTransport('/messages', res);
        transports.set(transport.sessionId, transport);
        await shared.connect(transport);
    });
    app.post('/messages', async (req, res) => {
        await transports.get(String(req.query.sessionId))?.handlePostMessage(req, res);
    });
    app.use(((_error, _req, res, _next) => res.sendStatus(500)) satisfies express.ErrorRequestHandler);
    const listener = app.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const sseUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/sse`;
    try {
        await using first = await connectClient(sseUrl);
        expect((await first.callTool({ name: 'add', arguments: { a: 2, b: 3 } })).structuredContent).toEqual({
            sum: 5
        });
        await expect(connectClient(sseUrl)).rejects.toThrow('500');
    } finally {
        listener.close();
        listener.closeAllConnections();
    }
    // The same with ours: the second client is as welcome as the first.
    await using server = await startServer();
    await using first = await connectClient(server.sseUrl);
    await using second = await connectClient(server.sseUrl);
    expect((await first.callTool({ name: 'add', arguments: { a: 2, b: 3 } })).structuredContent).toEqual({ sum: 5 });
    expect((await second.callTool({ name: 'add', arguments: { a: 2, b: 3 } })).structuredContent).toEqual({ sum: 5 });
});
