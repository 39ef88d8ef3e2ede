import { type Frame, openStream, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

proves(
    ['stream.headers', 'stream.endpoint-first', 'stream.ids'],
    'the stream begins with the endpoint event',
    async () => {
        await using server = await startServer();
        await using stream = await openStream(server.sseUrl, { 'Accept-Encoding': 'gzip, br' });
        expect(stream.headers).toMatchObject({
            'content-type': 'text/event-stream',
            'cache-control': 'no-cache, no-transform',
            'x-accel-buffering': 'no'
        });
        for (const header of ['content-encoding', 'transfer-encoding'])
            expect(stream.headers).not.toHaveProperty(header);
        const { sessionId } = stream;
        expect(sessionId).toMatch(UUID);
        // One block: some clients, such as the Go SDK's, take a block with `retry` alone for the first event.
        const endpoint = `event: endpoint\ndata: /messages?sessionId=${sessionId}`;
        expect(stream.text).toBe(`retry: 2000\nid: ${sessionId}:0\n${endpoint}\n\n`);
    }
);

proves(['stream.endpoint-first'], 'RETRY_MS is the wait that the stream asks for', async () => {
    await using server = await startServer({ RETRY_MS: '500' });
    await using stream = await openStream(server.sseUrl);
    expect(stream.frames[0]).toEqual({ kind: 'retry', ms: 500 });
});

proves(['stream.ids'], 'event ids count the messages of a session', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    for (const id of [1, 2, 3]) await stream.request(id, 'ping');
    const ids = stream.frames.flatMap(frame => (frame.kind === 'event' ? [frame.id] : []));
    expect(ids).toEqual([0, 1, 2, 3].map(position => `${stream.sessionId}:${position}`));
});

proves(['stream.messages', 'post.accepted'], 'no string can break the framing', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    const message = 'one\ntwo\r\nthree\rfour\u2028five\u0000\n\nevent: endpoint\ndata: /elsewhere\n\n😀 __proto__';
    const accepted = await stream.post({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'echo', arguments: { message } }
    });
    expect([accepted.status, accepted.body]).toEqual([202, 'Accepted']);
    const reply = await stream.find(frame => frame.kind === 'event' && frame.event === 'message');
    expect(stream.frames.filter(frame => frame.kind === 'event')).toHaveLength(2);
    expect(reply).toMatchObject({ kind: 'event' });
    expect(stream.messages()[0]?.result?.structuredContent).toMatchObject({ echo: message });
});

proves(['stream.keepalive'], 'a silent stream gets comments', async () => {
    await using server = await startServer({ HEARTBEAT_MS: '20' });
    await using stream = await openStream(server.sseUrl);
    const isComment = (frame: Frame) => frame.kind === 'comment';
    expect(await stream.find(isComment)).toEqual({ kind: 'comment', text: 'keepalive' });
    await stream.find(() => stream.frames.filter(isComment).length === 3);
    expect(await stream.request(1, 'ping')).toMatchObject({ id: 1 });
});
