import { json } from 'node:stream/consumers';
import { proves } from '@calc/test-helpers/proves';
import { call, createPusher, openMcp, openStream, parseBody, serveTransport } from '@calc/test-helpers/wire';
import type { McpRequest } from '@calc/transport/server';
import { expect, test } from 'vitest';
import { JSON_TYPE, refusalOf, refusedForId, retry, startPusher } from './fixtures.ts';

proves(['repeat.in-flight'], 'POST /messages takes the same bytes once while they are in flight', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    for (let times = 0; times < 3; times++) expect((await stream.post(call(1, 'x'))).status).toBe(202);
    const clash = await stream.post(call(1, 'y'));
    expect(refusalOf(clash)).toEqual(refusedForId(1));
    await server.pusher.replies[0]?.({ n: 1 });
    await stream.findReply(1);
    expect((await stream.post(call(1, 'y'))).status).toBe(202);
    expect(server.pusher.replies).toHaveLength(2);
});

proves(['repeat.in-flight'], 'POST /mcp takes the same bytes once, and the newer POST gets the answer', async () => {
    await using server = await startPusher();
    await using client = await openMcp(server.mcpUrl);
    const first = await client.post(call(1, 'x'));
    const second = await client.post(call(1, 'x'));
    await first.events?.ended;
    const clash = await client.post(call(1, 'y'));
    expect(refusalOf(clash)).toEqual(refusedForId(1));
    await server.pusher.replies[0]?.({ n: 1 });
    expect(await second.events?.findReply(1)).toMatchObject({ result: { n: 1 } });
    expect(first.events?.messages()).toEqual([]);
    expect(server.pusher.replies).toHaveLength(1);
});

proves(
    ['repeat.in-flight', 'http.batch'],
    'a batch with an id in flight, or with the same id twice, is refused',
    async () => {
        await using server = await startPusher();
        server.pusher.protocolVersion = '2025-03-26';
        await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
        const batch = [call(1, 'x'), call(2, 'x')];
        await client.post(batch);
        for (const [posted, id] of [
            [call(2, 'x'), 2],
            [[call(3, 'x'), call(1, 'x')], 1],
            [[call(4, 'x'), call(4, 'x')], 4]
        ] as const) {
            const refused = refusalOf(await client.post(posted));
            // The error of a batch has no id.
            expect(refused).toEqual({ ...refusedForId(id), id: Array.isArray(posted) ? null : id });
        }
        // One request of the batch is answered, and the same batch is sent again.
        await server.pusher.replies[1]?.({ n: 2 });
        const again = await client.post(batch);
        await server.pusher.replies[0]?.({ n: 1 });
        await again.events?.ended;
        expect(again.events?.messages().map(({ id }) => id)).toEqual([2, 1]);
        expect(server.pusher.replies).toHaveLength(2);
    }
);

proves(['repeat.in-flight'], 'a long id is cut short in the error', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    const id = 'x'.repeat(200);
    await stream.post({ ...call(1, 'x'), id });
    const { message } = refusalOf(await stream.post({ ...call(1, 'y'), id }));
    expect(message).toMatch(/^The id "x{99}… belongs/);
});

proves(
    ['repeat.in-flight'],
    'of two simultaneous POSTs of the same request, one is answered and the other is refused',
    async () => {
        const pusher = createPusher();
        await using server = await serveTransport({ createServer: pusher.createServer, middleware: bringTogether(2) });
        await using client = await openMcp(server.mcpUrl);
        pusher.whenAsked = () => queueMicrotask(() => void pusher.replies[0]?.({ n: 1 }));
        const together = { 'X-Together': 'yes' };
        const answers = await Promise.all([client.post(call(1, 'x'), together), client.post(call(1, 'x'), together)]);
        expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
        expect(answers.find(({ status }) => status === 200)?.body).toContain('"result":{"n":1}');
        expect(pusher.replies).toHaveLength(1);
    }
);

/** Holds marked requests until so many have arrived with their bodies; then all continue in one turn. */
function bringTogether(count: number) {
    const held: (() => void)[] = [];
    return async (req: McpRequest, next: () => void) => {
        if (req.headers['x-together'] === undefined) return next();
        req.body = await json(req);
        held.push(next);
        if (held.length === count) for (const release of held) release();
    };
}

test('a body that middleware has parsed is recognized by its value', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({ createServer: pusher.createServer, middleware: parseBody });
    await using stream = await openStream(server.sseUrl);
    for (const headers of [JSON_TYPE, retry()]) expect((await stream.post(call(1, 'x'), headers)).status).toBe(202);
    expect((await stream.post(call(1, 'y'))).status).toBe(400);
    expect(pusher.replies).toHaveLength(1);
});
