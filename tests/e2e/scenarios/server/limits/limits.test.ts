import { openStream, send, startJokeApi, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect, vi } from 'vitest';

proves(['session.max'], 'a session over MAX_SESSIONS is refused, and accepted after another has ended', async () => {
    await using server = await startServer({ MAX_SESSIONS: '2', RESUME_WINDOW_MS: '0' });
    await using first = await openStream(server.sseUrl);
    const second = await openStream(server.sseUrl);
    const refused = await send(server.sseUrl);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: -32000 }, id: null });
    second.cut();
    await using third = await vi.waitFor(() => openStream(server.sseUrl));
    expect(await third.request(2, 'ping')).toMatchObject({ id: 2 });
    expect(await first.request(1, 'ping')).toMatchObject({ id: 1 });
});

proves(['session.idle'], 'a session without messages ends, in spite of heartbeats', async () => {
    await using server = await startServer({ SESSION_IDLE_MS: '500', HEARTBEAT_MS: '10' });
    await using stream = await openStream(server.sseUrl);
    await stream.request(1, 'ping');
    await stream.ended;
    expect(stream.frames.filter(frame => frame.kind === 'comment').length).toBeGreaterThan(1);
    expect((await stream.post({ jsonrpc: '2.0', id: 2, method: 'ping' })).status).toBe(404);
});

proves(['session.idle'], 'a session with a request in flight is not idle', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startServer({ SESSION_IDLE_MS: '50', HEARTBEAT_MS: '10', ...api.env });
    await using stream = await openStream(server.sseUrl);
    const joke = stream.request(1, 'tools/call', { name: 'random-joke' });
    // Ten heartbeats of 10 ms later it would have been idle twice.
    await stream.find(() => stream.frames.filter(frame => frame.kind === 'comment').length === 10);
    api.answer();
    expect(await joke).toMatchObject({ result: { structuredContent: { source: 'api' } } });
    await stream.ended;
});

proves(
    ['stream.slow-reader'],
    'a client that stops reading is disconnected and can resume, and other clients are not affected',
    async () => {
        await using server = await startServer({ MAX_BUFFERED_BYTES: '65536', MAX_IN_FLIGHT: '10000' });
        await using slow = await openStream(server.sseUrl);
        await using other = await openStream(server.sseUrl);
        slow.pause();
        const message = 'x'.repeat(100_000);
        const connections = async () => JSON.parse((await send(`${server.url}/health`)).body).connections;
        // The network between takes a few megabytes before anything piles up here.
        for (let id = 1; (await connections()) === 2; id++) {
            expect(id, 'still connected after 60 MB').toBeLessThan(300);
            await slow.post({
                jsonrpc: '2.0',
                id,
                method: 'tools/call',
                params: { name: 'echo', arguments: { message } }
            });
        }
        expect(await other.request(1, 'ping')).toMatchObject({ id: 1 });
        slow.unpause();
        await slow.ended;
        await using back = await slow.resume();
        expect(back.endpoint).toEqual(slow.endpoint);
        expect(await back.request('back', 'ping')).toMatchObject({ id: 'back' });
        const ids = [...slow.messages(), ...back.messages()].map(({ id }) => id);
        expect(ids).toEqual([...ids.slice(0, -1).map((_, index) => index + 1), 'back']);
        expect(back.messages().length, 'some of it was missed').toBeGreaterThan(1);
    }
);
