import { openMcp, openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

/** The headers of a POST that is marked as a retry. */
const retry = { 'Content-Type': 'application/json', 'Idempotency-Key': '"1"' };
const add = (id: string | number, a: number, b: number) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'add', arguments: { a, b } }
});

proves(['repeat.id-again'], 'POST /messages runs a request under an id whose request is answered', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    await stream.initialize();
    // The id of `initialize`, another message under the same id, and the same bytes again.
    for (const message of [add('initialize', 1, 2), add('initialize', 5, 6), add('initialize', 5, 6)]) {
        const answered = stream.messages().length;
        expect((await stream.post(message)).status).toBe(202);
        await expect.poll(() => stream.messages().length).toBe(answered + 1);
    }
    const sums = stream.messages().map(({ result }) => Object(result?.structuredContent).sum);
    expect(sums).toEqual([undefined, 3, 11, 11]);
});

proves(['repeat.id-again'], 'POST /mcp runs a request under an id whose request is answered', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl);
    const sums: unknown[] = [];
    for (const message of [add('initialize', 1, 2), add('initialize', 5, 6), add('initialize', 5, 6)]) {
        const { body } = await client.post(message);
        sums.push(JSON.parse(body).result.structuredContent.sum);
    }
    expect(sums).toEqual([3, 11, 11]);
});

proves(['http.repeated', 'http.batch'], 'a marked retry of a batch gets the answers of the first', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
    const batch = [add(3, 1, 1), add(4, 2, 2)];
    for (const headers of [{}, retry]) {
        const { events } = await client.post(batch, headers);
        await events?.ended;
        expect(events?.messages().map(({ id }) => id)).toEqual([3, 4]);
    }
    const { body } = await send(`${server.url}/metrics`);
    expect(body).toContain('mcp_tool_calls_total{tool="add",outcome="ok"} 2');
});

proves(['repeat.declared', 'access.cors'], 'a session declares for how long it remembers POSTs', async () => {
    await using server = await startServer({ RESUME_WINDOW_MS: '90000' });
    await using stream = await openStream(server.sseUrl);
    await using client = await openMcp(server.mcpUrl);
    for (const { result } of [await stream.initialize(), client.opening]) {
        expect(Object(result?.capabilities).experimental).toEqual({ idempotencyKey: { rememberedMs: 90_000 } });
    }
    const origin = 'http://localhost:5173';
    const asked = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'idempotency-key' };
    const preflight = await send(server.mcpUrl, { method: 'OPTIONS', headers: { Origin: origin, ...asked } });
    expect(preflight.headers['access-control-allow-headers']).toContain('Idempotency-Key');
});
