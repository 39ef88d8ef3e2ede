import { proves } from '@calc/test-helpers/proves';
import { call, cancel, openMcp, openStream } from '@calc/test-helpers/wire';
import { expect } from 'vitest';
import { refusalOf, retry, startPusher } from './fixtures.ts';

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
    // The first answer was events, the second one is JSON.
    const third = await client.post(call(1, 'x'), retry());
    expect(JSON.parse(third.body)).toMatchObject({ id: 1, result: { n: 1 } });
    expect(server.pusher.replies).toHaveLength(1);
});

proves(['post.repeated', 'http.repeated'], 'an unknown marked retry is run, and then recognized', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    for (let times = 0; times < 2; times++) expect((await stream.post(call(1, 'x'), retry())).status).toBe(202);
    expect(server.pusher.replies).toHaveLength(1);
    await using client = await openMcp(server.mcpUrl);
    await client.post(call(1, 'x'), retry());
    await server.pusher.replies[1]?.({ n: 1 });
    expect((await client.post(call(1, 'x'), retry())).status).toBe(200);
    expect(server.pusher.replies).toHaveLength(2);
    // With another key it is a retry of another POST.
    expect((await client.post(call(1, 'x'), retry('"2"'))).status).toBe(200);
    expect(server.pusher.replies).toHaveLength(3);
});

proves(['repeat.late'], 'a request that arrives after its own retry is accepted and not run', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    await stream.post(call(1, 'x'), retry());
    await server.pusher.replies[0]?.({ n: 1 });
    await stream.findReply(1);
    expect((await stream.post(call(1, 'x'))).status).toBe(202);
    await using client = await openMcp(server.mcpUrl);
    const answered = client.post(call(1, 'x'), retry());
    await expect.poll(() => server.pusher.replies.length).toBe(2);
    await server.pusher.replies[1]?.({ n: 2 });
    await answered;
    expect(JSON.parse((await client.post(call(1, 'x'))).body)).toMatchObject({ id: 1, result: { n: 2 } });
    expect(server.pusher.replies).toHaveLength(2);
    // Other content under the id is another request.
    await stream.post(call(1, 'y'));
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

proves(['post.repeated', 'http.repeated'], 'a marked retry of a cancelled request gets no reply', async () => {
    await using server = await startPusher();
    await using stream = await openStream(server.sseUrl);
    await using client = await openMcp(server.mcpUrl);
    await stream.post(call(1, 'x'));
    await stream.post(cancel(1));
    // A late reply is dropped.
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
