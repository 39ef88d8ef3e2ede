import { proves } from '@calc/test-helpers/proves';
import { call, createManualClock, openMcp, openStream, UNDISTURBED } from '@calc/test-helpers/wire';
import { expect } from 'vitest';
import { refusalOf, retry, startPusher } from './fixtures.ts';

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
        // Without the key it is a new request.
        await client.post(call(1, 'x'));
        expect(server.pusher.replies).toHaveLength(5);
    }
);

proves(
    ['http.answer-lost', 'http.resume-window'],
    'a request on /mcp whose stream expired is never answered',
    async () => {
        const clock = createManualClock();
        await using server = await startPusher({ clock, limits: { ...UNDISTURBED, resumeWindowMs: 1000 } });
        await using client = await openMcp(server.mcpUrl);
        const { events } = await client.post(call(1, 'x'));
        events?.cut();
        await events?.ended;
        await expect.poll(() => server.sessions.openStreams).toBe(0);
        clock.advance(2000);
        // The request is still in flight, and its answer is dropped.
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
    'a repeated POST is refused when part of its answer is lost, and the first stream continues',
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
        // The open stream has sent the answer.
        expect((await stream.post(call(1, 'x'), retry())).status).toBe(202);
        stream.cut();
        await stream.ended;
        await expect.poll(() => server.sessions.openStreams).toBe(0);
        expect(refusalOf(await stream.post(call(1, 'x'), retry()))).toMatchObject({ status: 409, code: -32010, id: 1 });
        expect((await stream.post(call(4, 'x'), retry())).status).toBe(202);
        expect(server.pusher.replies).toHaveLength(4);
    }
);

proves(
    ['repeat.unknown'],
    'a session that forgot POSTs early refuses marked retries that it does not know',
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
            // The latest POSTs are known; an unmarked one is run.
            expect((await post(call(8, 'x'), retry())).status).toBeLessThan(300);
            expect(server.pusher.replies.length).toBe(before + 8);
            await post(call(1, 'x'));
            expect(server.pusher.replies.length).toBe(before + 9);
        }
        // By now, a retry of a forgotten POST would have come.
        clock.advance(60_000);
        expect((await stream.post(call(20, 'x'), retry())).status).toBe(202);
        expect((await client.post(call(20, 'x'), retry())).status).toBe(200);
    }
);
