import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { proves } from '@calc/test-helpers/proves';
import {
    call,
    createManualClock,
    createPusher,
    createRecorder,
    createServer,
    openMcp,
    openStream,
    serveTransport,
    UNDISTURBED
} from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';

test('a session whose server is still connecting when draining begins is refused', async () => {
    let finish = () => {};
    const ready = new Promise<void>(resolve => {
        finish = resolve;
    });
    const connect = async () => {
        await ready;
        return createServer();
    };
    await using server = await serveTransport({ createServer: connect });
    const opening = openStream(server.sseUrl);
    await expect.poll(() => server.sessions.size).toBe(1);
    await server.sessions.drain(1000);
    finish();
    await expect(opening).rejects.toThrow('503');
    expect([server.sessions.size, server.sessions.openStreams]).toEqual([0, 0]);
});

test('a POST whose body arrives while the server is draining is refused', async () => {
    await using server = await serveTransport({ createServer });
    await using stream = await openStream(server.sseUrl);
    await stream.initialize();
    await stream.post({ jsonrpc: '2.0', id: 'w', method: 'tools/call', params: { name: 'wait' } });
    const headers = { 'Content-Type': 'application/json' };
    const outgoing = request(stream.endpoint, { method: 'POST', headers });
    outgoing.write('{"jsonrpc":"2.0",');
    // The answer to a second message shows that the head of the first has arrived.
    await stream.request(1, 'ping');
    const drained = server.sessions.drain(10_000);
    outgoing.end('"id":2,"method":"ping"}');
    const [answer] = await once(outgoing, 'response');
    expect([answer.statusCode, JSON.parse(await text(answer)).id]).toEqual([503, 2]);
    server.sessions.close();
    await drained;
});

test('drain() waits for replies in flight, also while their client reconnects', async () => {
    const { happened, observer } = createRecorder();
    const clock = createManualClock();
    await using server = await serveTransport({ createServer, observer, clock, limits: UNDISTURBED });
    await using listening = await openStream(server.sseUrl);
    const away = await openStream(server.sseUrl);
    await away.initialize();
    await away.post({ jsonrpc: '2.0', id: 'w', method: 'tools/call', params: { name: 'wait' } });
    away.cut();
    await expect.poll(() => happened).toContain('dropped disconnected');
    let isDrained = false;
    const drained = server.sessions.drain(5000).then(() => {
        isDrained = true;
    });
    await listening.ended;
    expect([isDrained, server.sessions.isDraining, server.sessions.size]).toEqual([false, true, 1]);
    await expect(openStream(server.sseUrl)).rejects.toThrow('503');
    await using back = await away.resume();
    expect(back.sessionId).toBe(away.sessionId);
    clock.advance(5000);
    await drained;
    await back.ended;
    expect([server.sessions.size, clock.pending]).toEqual([0, 0]);
});

for (const transport of ['sse', 'mcp'] as const) {
    proves(
        ['life.stop'],
        `drain() ends with the last call over /${transport} whose client has disconnected`,
        async () => {
            const pusher = createPusher();
            const { happened, observer } = createRecorder();
            await using server = await serveTransport({
                createServer: pusher.createServer,
                observer,
                limits: UNDISTURBED
            });
            if (transport === 'sse') {
                const stream = await openStream(server.sseUrl);
                await stream.post(call(1, 'x'));
                stream.cut();
            } else {
                const client = await openMcp(server.mcpUrl);
                const { events } = await client.post(call(1, 'x'));
                events?.cut();
            }
            await expect.poll(() => happened).toContain('dropped disconnected');
            let isDrained = false;
            const drained = server.sessions.drain(60_000).then(() => {
                isDrained = true;
            });
            expect([isDrained, server.sessions.size]).toEqual([false, 1]);
            await pusher.replies[0]?.({});
            await drained;
            expect(happened.slice(-2)).toEqual(['sent reply', 'closed drained']);
        }
    );
}
