import { once } from 'node:events';
import { request } from 'node:http';
import { proves } from '@calc/test-helpers/proves';
import { call, createPusher, createRecorder, createServer, openMcp, serveTransport } from '@calc/test-helpers/wire';
import { expect } from 'vitest';

proves(['post.draining', 'life.stop'], 'drain() lets calls on /mcp be answered and ends the streams', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const pushed = await client.open();
    const { events } = await client.post(call(1, 'x'));
    const drained = server.sessions.drain(10_000);
    const refused = await client.post(call(2, 'x'));
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    await pusher.replies[0]?.({ n: 1 });
    await Promise.all([drained, pushed.ended, events?.ended]);
    expect(events?.messages()).toMatchObject([{ id: 1, result: { n: 1 } }]);
    expect([server.sessions.size, server.sessions.openStreams]).toEqual([0, 0]);
});

proves(
    ['post.draining', 'life.stop'],
    'a call whose reply is sent in the turn in which drain() begins is answered',
    async () => {
        const pusher = createPusher();
        await using server = await serveTransport({ createServer: pusher.createServer });
        await using client = await openMcp(server.mcpUrl);
        let drained: Promise<void> | undefined;
        pusher.whenAsked = () =>
            queueMicrotask(() => {
                void pusher.replies[0]?.({ n: 1 });
                drained = server.sessions.drain(60_000);
            });
        const { body } = await client.post(call(1, 'x'));
        expect(JSON.parse(body)).toMatchObject({ result: { n: 1 } });
        await drained;
        expect(server.sessions.size).toBe(0);
    }
);

proves(['post.draining'], 'while draining, bodies that are incomplete and new requests are refused', async () => {
    const { happened, observer } = createRecorder();
    await using server = await serveTransport({ createServer, observer });
    await using client = await openMcp(server.mcpUrl);
    const headers = {
        'Content-Type': 'application/json',
        'Content-Length': '2',
        Accept: 'application/json, text/event-stream',
        'Mcp-Session-Id': client.sessionId
    };
    const begin = () => {
        const post = request(server.mcpUrl, { method: 'POST', headers, agent: false });
        post.flushHeaders();
        return { post, status: once(post, 'response').then(([answer]) => answer.resume().statusCode) };
    };
    const early = begin();
    await client.request(1, 'ping');
    const drained = server.sessions.drain(10_000);
    const late = begin();
    expect(await late.status).toBe(503);
    early.post.end('[]');
    expect(await early.status).toBe(503);
    await drained;
    expect(happened.filter(what => what.startsWith('rejected'))).toEqual(['rejected draining', 'rejected draining']);
    late.post.destroy();
});
