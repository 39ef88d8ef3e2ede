import { json } from 'node:stream/consumers';
import { createManualClock, openMcp, openStream, send, startServer, startSse } from '@calc/test-helpers';
import type { SseOptions, SseRequest } from '@calc/transport/server';
import { expect, test } from 'vitest';
import { UNDISTURBED } from '../../helpers/fixtures.ts';
import { call, cancel, createPusher } from '../../helpers/mcp-fixtures.ts';
import { proves } from '../../helpers/proves.ts';

// What becomes of a POST whose id, or whose content, has been posted before.

const JSON_TYPE = { 'Content-Type': 'application/json' };
/** Marks a POST as a retry. */
const retry = (key = '"1"') => ({ ...JSON_TYPE, 'Idempotency-Key': key });
const add = (id: string | number, a: number, b: number) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'add', arguments: { a, b } }
});

async function startPusher(options: Omit<SseOptions, 'endpoint' | 'createServer'> = {}) {
    const pusher = createPusher();
    const server = await startSse({ createServer: pusher.createServer, ...options });
    return { ...server, pusher };
}

/** The status of an answer, and code, message and id of the JSON-RPC error in it. */
function refusalOf({ status, body }: { status: number; body: string }) {
    const { error, id } = JSON.parse(body);
    return { status, code: error.code, message: error.message, id };
}

/** The refusal of a request under the id of another one in flight. */
const refusedForId = (id: number) => ({
    status: 400,
    code: -32600,
    message: expect.stringMatching(`^The id ${id} belongs`),
    id
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
    'a batch is refused for an id in flight, or for one it has twice',
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
        // One of the batch is answered, and the same batch comes again.
        await server.pusher.replies[1]?.({ n: 2 });
        const again = await client.post(batch);
        await server.pusher.replies[0]?.({ n: 1 });
        await again.events?.ended;
        expect(again.events?.messages().map(({ id }) => id)).toEqual([2, 1]);
        expect(server.pusher.replies).toHaveLength(2);
    }
);

proves(['repeat.in-flight'], 'the id that a refusal names is cut short', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    const id = 'x'.repeat(200);
    await stream.post({ ...call(1, 'x'), id });
    const { message } = refusalOf(await stream.post({ ...call(1, 'y'), id }));
    expect(message).toMatch(/^The id "x{99} belongs/);
});

proves(['post.repeated'], 'a marked retry on /messages is not run again, in flight or answered', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    await stream.post(call(1, 'x'));
    expect((await stream.post(call(1, 'x'), retry())).status).toBe(202);
    await server.pusher.replies[0]?.({ n: 1 });
    await stream.findReply(1);
    expect((await stream.post(call(1, 'x'), retry())).status).toBe(202);
    expect(server.pusher.replies).toHaveLength(1);
    // Other content under the same key is another request.
    expect((await stream.post(call(1, 'y'), retry())).status).toBe(202);
    expect(server.pusher.replies).toHaveLength(2);
    expect(stream.messages()).toHaveLength(1);
});

proves(['http.repeated'], 'a marked retry on /mcp gets the answer of the first, in flight or answered', async () => {
    await using server = await startPusher();
    await using client = await openMcp(server.mcpUrl);
    const first = await client.post(call(1, 'x'));
    first.events?.cut();
    await first.events?.ended;
    const second = await client.post(call(1, 'x'), retry());
    await server.pusher.replies[0]?.({ n: 1 });
    expect(await second.events?.findReply(1)).toMatchObject({ result: { n: 1 } });
    // It was answered by events, and is answered again by JSON.
    const third = await client.post(call(1, 'x'), retry());
    expect(JSON.parse(third.body)).toMatchObject({ id: 1, result: { n: 1 } });
    expect(server.pusher.replies).toHaveLength(1);
});

proves(['http.repeated', 'http.batch'], 'a marked retry of a batch gets the answers of the first', async () => {
    await using server = await startServer();
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
    const batch = [add(3, 1, 1), add(4, 2, 2)];
    for (const headers of [{}, retry()]) {
        const { events } = await client.post(batch, headers);
        await events?.ended;
        expect(events?.messages().map(({ id }) => id)).toEqual([3, 4]);
    }
    const { body } = await send(`${server.url}/metrics`);
    expect(body).toContain('mcp_tool_calls_total{tool="add",outcome="ok"} 2');
});

proves(['post.repeated', 'http.repeated'], 'a marked retry that is not recognized is run, and then known', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    for (let times = 0; times < 2; times++) expect((await stream.post(call(1, 'x'), retry())).status).toBe(202);
    expect(server.pusher.replies).toHaveLength(1);
    await using client = await openMcp(server.mcpUrl);
    await client.post(call(1, 'x'), retry());
    await server.pusher.replies[1]?.({ n: 1 });
    expect((await client.post(call(1, 'x'), retry())).status).toBe(200);
    expect(server.pusher.replies).toHaveLength(2);
    // Another key marks a repetition of another POST.
    expect((await client.post(call(1, 'x'), retry('"2"'))).status).toBe(200);
    expect(server.pusher.replies).toHaveLength(3);
});

proves(['repeat.key'], 'a malformed Idempotency-Key is refused, and nothing is run', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    await using client = await openMcp(server.mcpUrl);
    const longest = `"${'x'.repeat(256)}"`;
    for (const key of ['1', '""', '"', '"a', 'a"', '"a""b"', '"\\a"', '"é"', `"${'x'.repeat(257)}"`, '"a", "b"']) {
        for (const post of [stream.post, client.post]) {
            const refused = refusalOf(await post(call(5, 'x'), retry(key)));
            expect(refused, key).toEqual({
                status: 400,
                code: -32600,
                message: expect.stringMatching(/quotes/),
                id: 5
            });
        }
    }
    expect(server.pusher.replies).toHaveLength(0);
    for (const key of [longest, '"a\\"\\\\ ~"']) expect((await stream.post(call(6, 'x'), retry(key))).status).toBe(202);
});

proves(
    ['http.answer-lost'],
    'a marked retry whose answer on /mcp is no longer kept is refused, and not run',
    async () => {
        const limits = { ...UNDISTURBED, maxBufferedBytes: 1_000_000 };
        await using server = await startPusher({ limits });
        await using client = await openMcp(server.mcpUrl);
        const answer = async (id: number, result: Record<string, unknown>) => {
            const { events } = await client.post(call(id, 'x'));
            await server.pusher.replies.at(-1)?.(result);
            await events?.ended;
        };
        await answer(1, { n: 1 });
        for (const id of [2, 3, 4]) await answer(id, { text: 'x'.repeat(600_000) });
        const refused = refusalOf(await client.post(call(1, 'x'), retry()));
        expect(refused).toEqual({ status: 409, code: -32010, message: expect.stringMatching(/was run.*lost/), id: 1 });
        expect(server.pusher.replies).toHaveLength(4);
        // Without the mark it is a new request.
        await client.post(call(1, 'x'));
        expect(server.pusher.replies).toHaveLength(5);
    }
);

proves(
    ['http.answer-lost', 'http.resume-window'],
    'a request on /mcp that was given up has no answer, ever',
    async () => {
        const clock = createManualClock();
        await using server = await startPusher({ clock, limits: { ...UNDISTURBED, resumeWindowMs: 1000 } });
        await using client = await openMcp(server.mcpUrl);
        const { events } = await client.post(call(1, 'x'));
        events?.cut();
        await events?.ended;
        await expect.poll(() => server.sessions.openStreams).toBe(0);
        clock.advance(2000);
        // In flight still, and then answered: the answer has nowhere to go.
        for (const headers of [{}, retry()]) {
            expect(refusalOf(await client.post(call(1, 'x'), headers))).toMatchObject({ status: 409, code: -32010 });
        }
        await server.pusher.replies[0]?.({ n: 1 });
        expect(refusalOf(await client.post(call(1, 'x'), retry()))).toMatchObject({ status: 409, code: -32010 });
        expect([server.pusher.replies.length, server.sessions.bufferedBytes]).toEqual([1, 0]);
    }
);

proves(
    ['http.answer-lost'],
    'a POST that comes again when part of its answer is gone leaves the first alone',
    async () => {
        await using server = await startPusher({ limits: { resumeWindowMs: 0 } });
        const { pusher } = server;
        await using client = await openMcp(server.mcpUrl);
        const first = await client.post(call(1, 'x'));
        await pusher.push(
            { jsonrpc: '2.0', method: 'notifications/message', params: { data: 'sent and forgotten' } },
            1
        );
        await first.events?.find(frame => frame.kind === 'event' && frame.data.includes('forgotten'));
        expect(refusalOf(await client.post(call(1, 'x')))).toMatchObject({ status: 409, code: -32010 });
        await pusher.replies[0]?.({ n: 1 });
        expect(await first.events?.findReply(1)).toMatchObject({ result: { n: 1 } });
        expect(pusher.replies).toHaveLength(1);
    }
);

proves(
    ['post.answer-lost'],
    'a marked retry on /messages whose answer is gone with its stream is refused',
    async () => {
        await using server = await startPusher({ limits: { ...UNDISTURBED, maxBufferedBytes: 1_000_000 } });
        await using stream = await openStream(server.sseUrl);
        const answer = async (id: number, length: number) => {
            await stream.post(call(id, 'x'));
            await server.pusher.replies.at(-1)?.({ text: 'x'.repeat(length) });
            await stream.findReply(id);
        };
        await answer(1, 1);
        for (const id of [2, 3, 4]) await answer(id, 600_000);
        // The open stream has brought it.
        expect((await stream.post(call(1, 'x'), retry())).status).toBe(202);
        stream.cut();
        await stream.ended;
        await expect.poll(() => server.sessions.openStreams).toBe(0);
        expect(refusalOf(await stream.post(call(1, 'x'), retry()))).toMatchObject({ status: 409, code: -32010, id: 1 });
        expect((await stream.post(call(4, 'x'), retry())).status).toBe(202);
        expect(server.pusher.replies).toHaveLength(4);
    }
);

proves(['post.repeated', 'http.repeated'], 'a marked retry of a cancelled request gets no reply', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    await using client = await openMcp(server.mcpUrl);
    await stream.post(call(1, 'x'));
    await stream.post(cancel(1));
    // What the server says too late goes nowhere.
    await server.pusher.replies[0]?.({ n: 1 });
    expect((await stream.post(call(1, 'x'), retry())).status).toBe(202);
    const first = await client.post(call(1, 'x'));
    await client.post(cancel(1));
    await first.events?.ended;
    const again = await client.post(call(1, 'x'), retry());
    await again.events?.ended;
    expect([again.status, again.events?.messages()]).toEqual([200, []]);
    await stream.post(call(2, 'x'));
    await server.pusher.replies[2]?.({ n: 2 });
    await stream.findReply(2);
    expect(stream.messages().map(({ id }) => id)).toEqual([2]);
    expect(server.pusher.replies).toHaveLength(3);
});

proves(
    ['repeat.unknown'],
    'a session that has forgotten too early runs no marked retry that it does not know',
    async () => {
        const clock = createManualClock();
        await using server = await startPusher({ clock, limits: { ...UNDISTURBED, maxRememberedPosts: 4 } });
        await using stream = await openStream(server.sseUrl);
        await using client = await openMcp(server.mcpUrl);
        for (const post of [stream.post, client.post]) {
            const before = server.pusher.replies.length;
            for (let id = 1; id <= 8; id++) {
                await post(call(id, 'x'));
                await server.pusher.replies.at(-1)?.({});
            }
            const refused = refusalOf(await post(call(1, 'x'), retry()));
            expect(refused).toEqual({ status: 409, code: -32011, message: expect.stringMatching(/not known/), id: 1 });
            expect(server.pusher.replies.length).toBe(before + 8);
            // The latest are known; what is not marked is run.
            expect((await post(call(8, 'x'), retry())).status).toBeLessThan(300);
            expect(server.pusher.replies.length).toBe(before + 8);
            await post(call(1, 'x'));
            expect(server.pusher.replies.length).toBe(before + 9);
        }
        // A retry of what was forgotten would have come by now.
        clock.advance(60_000);
        expect((await stream.post(call(20, 'x'), retry())).status).toBe(202);
        expect((await client.post(call(20, 'x'), retry())).status).toBe(200);
    }
);

proves(
    ['repeat.in-flight'],
    'of two POSTs of the same request at once, one is answered and the other refused',
    async () => {
        const pusher = createPusher();
        await using server = await startSse({ createServer: pusher.createServer, middleware: bringTogether(2) });
        await using client = await openMcp(server.mcpUrl);
        pusher.whenAsked = () => queueMicrotask(() => void pusher.replies[0]?.({ n: 1 }));
        const together = { 'X-Together': 'yes' };
        const answers = await Promise.all([client.post(call(1, 'x'), together), client.post(call(1, 'x'), together)]);
        expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
        expect(answers.find(({ status }) => status === 200)?.body).toContain('"result":{"n":1}');
        expect(pusher.replies).toHaveLength(1);
    }
);

/** Holds the requests that ask for it until so many have come with their bodies; then all continue in one turn. */
function bringTogether(count: number) {
    const held: (() => void)[] = [];
    return async (req: SseRequest, next: () => void) => {
        if (req.headers['x-together'] === undefined) return next();
        req.body = await json(req);
        held.push(next);
        if (held.length === count) for (const release of held) release();
    };
}

test('a body that middleware has parsed is recognized by its value', async () => {
    const pusher = createPusher();
    const middleware = async (req: SseRequest, next: () => void) => {
        if (req.method === 'POST') req.body = await json(req);
        next();
    };
    await using server = await startSse({ createServer: pusher.createServer, middleware });
    await using stream = await openStream(server.sseUrl);
    for (const headers of [JSON_TYPE, retry()]) expect((await stream.post(call(1, 'x'), headers)).status).toBe(202);
    expect((await stream.post(call(1, 'y'))).status).toBe(400);
    expect(pusher.replies).toHaveLength(1);
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
