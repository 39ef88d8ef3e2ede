import { openStream, send, startServer } from '@calc/testkit';
import { expect } from 'vitest';
import { proves } from './proves.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

proves(['stream.headers', 'stream.endpoint-first'], 'a stream begins with where to post', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    expect(stream.headers['content-type']).toMatch('text/event-stream');
    expect(stream.headers['cache-control']).toBe('no-cache, no-transform');
    const first = stream.frames.find(frame => frame.kind === 'event');
    expect(first).toMatchObject({ event: 'endpoint', data: `/messages?sessionId=${stream.sessionId}` });
    expect(stream.sessionId).toMatch(UUID);
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

proves(['stream.gone', 'post.unknown-session'], 'a session ends with its stream', async () => {
    await using server = await startServer();
    const connections = async () => JSON.parse((await send(`${server.url}/health`)).body).connections;
    const stream = await openStream(server.sseUrl);
    await using other = await openStream(server.sseUrl);
    expect(await connections()).toBe(2);
    stream.cut();
    await stream.ended;
    await expect.poll(connections).toBe(1);
    const { status, body } = await stream.post({ jsonrpc: '2.0', id: 1, method: 'ping' });
    expect([status, JSON.parse(body).error]).toEqual([404, { code: -32001, message: 'Session not found' }]);
    expect(await other.request(1, 'ping')).toMatchObject({ id: 1, result: {} });
});
