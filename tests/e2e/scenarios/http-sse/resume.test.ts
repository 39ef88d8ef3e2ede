import { once } from 'node:events';
import { openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { EventSource } from 'eventsource';
import { expect } from 'vitest';

const echo = (id: number, message: string) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'echo', arguments: { message } }
});
const echoed = (stream: { messages(): { result?: Record<string, unknown> }[] }) =>
    stream.messages().map(({ result }) => Object(result?.structuredContent).echo);

proves(
    ['stream.resume', 'stream.resume-away'],
    'GET /sse with Last-Event-ID replays what was missed, in order',
    async () => {
        await using server = await startServer();
        const stream = await openStream(server.sseUrl);
        await stream.request(1, 'tools/call', echo(1, 'before').params);
        stream.cut();
        await stream.ended;
        for (const id of [2, 3, 4]) expect((await stream.post(echo(id, `while away ${id}`))).status).toBe(202);

        await using resumed = await stream.resume();
        expect(resumed.endpoint.href).toBe(stream.endpoint.href);
        const path = stream.endpoint.href.replace(server.url, '');
        expect(resumed.text).toMatch(`retry: 2000\nid: ${stream.sessionId}:1\nevent: endpoint\ndata: ${path}\n\n`);
        await resumed.request(5, 'tools/call', echo(5, 'live').params);
        expect(echoed(resumed)).toEqual(['while away 2', 'while away 3', 'while away 4', 'live']);
        expect(resumed.lastEventId).toBe(`${stream.sessionId}:5`);
    }
);

proves(['stream.resume'], 'GET /sse with Last-Event-ID replays messages that were sent and not read', async () => {
    await using server = await startServer();
    const stream = await openStream(server.sseUrl);
    await stream.request(1, 'ping');
    const seen = stream.lastEventId;
    await stream.request(2, 'ping');
    await stream.request(3, 'ping');
    stream.cut();
    await using resumed = await openStream(server.sseUrl, { 'Last-Event-ID': seen });
    await resumed.request(4, 'ping');
    expect(resumed.messages().map(({ id }) => id)).toEqual([2, 3, 4]);
    // Dropped again before anything was read: the id of the endpoint event is where the client was.
    await using again = await openStream(server.sseUrl, { 'Last-Event-ID': `${stream.sessionId}:1` });
    await again.request(5, 'ping');
    expect(again.messages().map(({ id }) => id)).toEqual([2, 3, 4, 5]);
});

proves(['stream.resume-takes-over'], 'resuming closes the stream that is still open', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    await using resumed = await stream.resume();
    await stream.ended;
    expect(await resumed.request(1, 'ping')).toMatchObject({ id: 1 });
    expect(JSON.parse((await send(`${server.url}/health`)).body).connections).toBe(1);
});

proves(['stream.resume-fresh'], 'GET /sse with an unusable Last-Event-ID opens a new session', async () => {
    await using server = await startServer();
    await using stream = await openStream(server.sseUrl);
    await stream.request(1, 'ping');
    for (const id of [
        'nonsense',
        `${crypto.randomUUID()}:0`,
        `${stream.sessionId}:2`,
        `${stream.sessionId}:-1`,
        `${stream.sessionId}:1:1`,
        `${stream.sessionId}:99999999999999999999`,
        '__proto__:0'
    ]) {
        await using fresh = await openStream(server.sseUrl, { 'Last-Event-ID': id });
        expect(fresh.sessionId, id).not.toBe(stream.sessionId);
        expect(await fresh.request(1, 'ping'), id).toMatchObject({ id: 1 });
    }
    // The session that was there is none the worse for it.
    expect(await stream.request(2, 'ping')).toMatchObject({ id: 2 });
});

proves(
    ['stream.resume-fresh', 'post.unknown-session'],
    'if the messages after Last-Event-ID are no longer kept, the client gets a new session and the old one ends',
    async () => {
        await using server = await startServer({ MAX_BUFFERED_BYTES: '2000' });
        const stream = await openStream(server.sseUrl);
        stream.cut();
        await stream.ended;
        for (const id of [1, 2, 3, 4, 5]) await stream.post(echo(id, 'x'.repeat(500)));
        await using fresh = await stream.resume();
        expect(fresh.sessionId).not.toBe(stream.sessionId);
        expect(fresh.messages()).toEqual([]);
        // The old session could not continue without a gap, so it has ended.
        const { status, body } = await stream.post(echo(6, ''));
        expect([status, JSON.parse(body).error]).toEqual([404, { code: -32001, message: 'Session not found' }]);
    }
);

proves(['stream.resume-window'], 'a session that is not resumed within RESUME_WINDOW_MS ends', async () => {
    await using server = await startServer({ RESUME_WINDOW_MS: '50' });
    const stream = await openStream(server.sseUrl);
    stream.cut();
    await stream.ended;
    const status = async () => (await stream.post({ jsonrpc: '2.0', method: 'notifications/initialized' })).status;
    await expect.poll(status).toBe(404);
    await using fresh = await stream.resume();
    expect(fresh.sessionId).not.toBe(stream.sessionId);
});

proves(['stream.resume-window'], 'with RESUME_WINDOW_MS=0 a session ends with its stream', async () => {
    await using server = await startServer({ RESUME_WINDOW_MS: '0' });
    const stream = await openStream(server.sseUrl);
    await stream.request(1, 'ping');
    stream.cut();
    const status = async () => (await stream.post({ jsonrpc: '2.0', method: 'notifications/initialized' })).status;
    await expect.poll(status).toBe(404);
});

proves(['stream.resume'], 'an EventSource resumes by itself', async () => {
    await using server = await startServer();
    const ids: string[] = [];
    const source = new EventSource(server.sseUrl);
    try {
        source.addEventListener('message', ({ lastEventId }) => ids.push(lastEventId));
        const [{ data: endpoint }] = (await once(source, 'endpoint')) as [MessageEvent];
        const sessionId = new URL(endpoint, server.url).searchParams.get('sessionId');
        const post = (id: number) =>
            send(server.url + endpoint, {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify(echo(id, `${id}`))
            });
        await post(1);
        await expect.poll(() => ids).toHaveLength(1);
        // Another stream takes the session over and goes: for the EventSource that is a drop.
        const thief = await openStream(server.sseUrl, { 'Last-Event-ID': `${sessionId}:1` });
        thief.cut();
        await post(2);
        await once(source, 'endpoint');
        await post(3);
        await expect.poll(() => ids).toEqual([1, 2, 3].map(position => `${sessionId}:${position}`));
    } finally {
        source.close();
    }
});
