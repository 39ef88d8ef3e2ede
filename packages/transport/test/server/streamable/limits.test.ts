import { proves } from '@calc/test-helpers/proves';
import {
    call,
    createEcho,
    createManualClock,
    createPusher,
    createRecorder,
    createServer,
    type EventTap,
    note,
    openMcp,
    send,
    serveTransport,
    UNDISTURBED
} from '@calc/test-helpers/wire';
import { expect } from 'vitest';

proves(['http.bounded'], 'the messages kept for a session are limited as a whole, over all its streams', async () => {
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, maxBufferedBytes: 20_000, resumeWindowMs: 1000 };
    await using server = await serveTransport({ createServer, limits, clock });
    await using client = await openMcp(server.mcpUrl);
    // Twice the limit is allowed for a disconnected client, but not after it reconnects or the time to resume ends.
    const pushed = await client.open();
    const { events } = await client.post(call(1000, 'wait'));
    for (const tap of [pushed, events]) tap?.cut();
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    await client.open(`${client.sessionId}:0:0`);
    clock.advance(2000);
    for (let id = 1; id <= 300; id++) {
        await client.request(id, 'ping');
        expect(server.sessions.bufferedBytes).toBeLessThan(limits.maxBufferedBytes + 1000);
    }
    // The oldest answers are dropped, the newest are kept.
    expect((await client.get(`${client.sessionId}:3:0`)).status).toBe(400);
    expect((await client.get(`${client.sessionId}:302:0`)).status).toBe(200);
});

proves(
    ['http.bounded'],
    'a slow client is disconnected and can resume, and other clients are not affected',
    async () => {
        const pusher = createPusher();
        const { happened, observer } = createRecorder();
        const limits = { ...UNDISTURBED, maxBufferedBytes: 500_000 };
        await using server = await serveTransport({ createServer: pusher.createServer, observer, limits });
        await using client = await openMcp(server.mcpUrl);
        const other = await client.open();
        const { events } = await client.post(call(1, 'x'));
        events?.pause();
        const data = 'x'.repeat(100_000);
        let sent = 0;
        // More than the network and the limit together hold.
        while (!happened.includes('dropped slow-reader')) {
            await pusher.push({ ...note(data), params: { data, sent: ++sent } }, 1);
            await new Promise(resolve => setImmediate(resolve));
        }
        await pusher.push(note('for the other'));
        await other.find(frame => frame.kind === 'event' && frame.data.includes('for the other'));
        events?.unpause();
        await events?.ended;
        const again = await client.open(events?.lastEventId);
        await pusher.replies[0]?.({});
        await again.findReply(1);
        const seen = [...(events?.messages() ?? []), ...again.messages()].flatMap(({ params }) => params?.sent ?? []);
        expect(seen).toEqual(Array.from({ length: sent }, (_, index) => index + 1));
    }
);

proves(['http.bounded'], 'messages pushed to a client without a stream are forgotten, the oldest first', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({
        createServer: pusher.createServer,
        limits: { maxBufferedBytes: 2000 }
    });
    await using client = await openMcp(server.mcpUrl);
    for (let count = 1; count <= 100; count++) await pusher.push(note(count));
    expect(server.sessions.bufferedBytes).toBeLessThan(2500);
    const events = await client.open();
    await events.find(frame => frame.kind === 'event' && frame.data.includes('"data":100}'));
    expect(events.messages().length).toBeGreaterThan(3);
    expect(await client.get(events.lastEventId)).toMatchObject({ status: 200 });
});

proves(['http.bounded'], 'a backlog over the limit for a disconnected client ends the session', async () => {
    const pusher = createPusher();
    const { happened, observer } = createRecorder();
    const limits = { ...UNDISTURBED, maxBufferedBytes: 2000 };
    await using server = await serveTransport({ createServer: pusher.createServer, observer, limits });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    events.cut();
    await events.ended;
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    for (let count = 1; count <= 100; count++) await pusher.push(note(count));
    expect(happened.filter(what => /evicted|closed/.test(what))).toEqual([
        expect.stringMatching(/^evicted \d+$/),
        'closed replay-lost'
    ]);
    expect((await client.post(call(1, 'x'))).status).toBe(404);
});

proves(['http.keepalive'], 'silent streams of GET and POST get heartbeats', async () => {
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, heartbeatMs: 15_000 };
    await using server = await serveTransport({ createServer, clock, limits });
    await using client = await openMcp(server.mcpUrl);
    const pushed = await client.open();
    const { events } = await client.post(call(1, 'wait'));
    clock.advance(15_000);
    for (const stream of [pushed, events]) await stream?.find(frame => frame.kind === 'comment');
    clock.advance(14_999);
    clock.advance(1);
    for (const stream of [pushed, events]) {
        await stream?.find(frame => frame.kind === 'comment' && frame !== stream.frames.find(isComment));
        expect(stream?.frames.filter(isComment)).toHaveLength(2);
    }
});

proves(['session.idle'], 'an unused session of /mcp ends', async () => {
    const clock = createManualClock();
    const limits = { sessionIdleMs: 10_000, heartbeatMs: 1e9 };
    await using server = await serveTransport({ createServer, clock, limits });
    await using client = await openMcp(server.mcpUrl);
    clock.advance(9000);
    await client.request(1, 'ping');
    for (const showItself of [
        () => client.open(),
        () => client.open(`${client.sessionId}:0:0`),
        () => client.request(1, 'ping')
    ]) {
        clock.advance(9000);
        expect(server.sessions.size).toBe(1);
        await showItself();
    }
    clock.advance(9000);
    expect(server.sessions.size).toBe(1);
    clock.advance(1000);
    expect(server.sessions.size).toBe(0);
    await expect.poll(() => clock.pending).toBe(0);
    expect((await client.post(call(2, 'wait'))).status).toBe(404);
});

proves(
    ['session.idle'],
    'a message in either direction resets the idle timer of a session, notifications included',
    async () => {
        const pusher = createPusher();
        const clock = createManualClock();
        const limits = { sessionIdleMs: 10_000, heartbeatMs: 1e9 };
        await using server = await serveTransport({ createServer: pusher.createServer, clock, limits });
        await using client = await openMcp(server.mcpUrl);
        await client.open();
        for (const say of [
            () => client.post({ jsonrpc: '2.0', method: 'notifications/x' }),
            () => pusher.push(note('pushed')),
            () => client.post({ jsonrpc: '2.0', method: 'notifications/x' })
        ]) {
            clock.advance(9000);
            expect(server.sessions.size).toBe(1);
            await say();
        }
        clock.advance(9000);
        expect(server.sessions.size).toBe(1);
        clock.advance(1000);
        expect(server.sessions.size).toBe(0);
    }
);

proves(['session.idle'], 'a session of /mcp in which only the server sends messages ends', async () => {
    const pusher = createPusher();
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, sessionIdleMs: 10_000, resumeWindowMs: 1000 };
    await using server = await serveTransport({ createServer: pusher.createServer, clock, limits });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    for (let seconds = 0; seconds < 20; seconds++) {
        await pusher.push(note('a client listens'));
        clock.advance(1000);
    }
    expect(server.sessions.size).toBe(1);
    events.cut();
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    for (let seconds = 0; seconds < 20; seconds++) {
        await pusher.push(note('no client listens'));
        clock.advance(1000);
    }
    expect([server.sessions.size, clock.pending]).toEqual([0, 0]);
});

proves(['http.body'], 'the observer gets the reason why a body was refused', async () => {
    const { happened, observer } = createRecorder();
    await using server = await serveTransport({ createServer, observer, limits: { maxMessageBytes: 1024 } });
    for (const [type, body, status] of [
        ['application/json', '{', 400],
        ['application/json', `"${'x'.repeat(1024)}"`, 413],
        ['text/plain', '{}', 415]
    ] as const) {
        const headers = { 'Content-Type': type, Accept: 'application/json, text/event-stream' };
        expect((await send(server.mcpUrl, { method: 'POST', headers, body })).status).toBe(status);
    }
    expect(happened).toEqual(['rejected not-json', 'rejected too-large', 'rejected bad-content-type']);
});

proves(
    ['http.bounded'],
    'the backlog of many slow clients is limited as a whole, and clients that read lose nothing',
    async () => {
        const limits = { ...UNDISTURBED, maxBufferedBytes: 100_000, maxInFlight: 1000 };
        await using server = await serveTransport({ createServer: createEcho, limits });
        await using client = await openMcp(server.mcpUrl);
        const length = 1_000_000;
        const stopped: EventTap[] = [];
        for (let id = 1; id <= 40; id++) {
            const { events } = await client.post(call(id, 'echo', { arguments: { length } }));
            events?.pause();
            if (events) stopped.push(events);
        }
        // One large message may be in transit, and one may wait.
        expect(server.sessions.bufferedBytes).toBeLessThan(4 * length);
        expect(await client.request(1000, 'ping')).toMatchObject({ id: 1000, result: {} });
        const reply = await (await client.post(call(1001, 'echo', { arguments: { length } }))).events?.findReply(1001);
        expect(reply?.result?.text).toHaveLength(length);
        expect(stopped).toHaveLength(40);
    }
);

proves(['http.bounded'], 'requests that are cancelled immediately leave no more memory than others', async () => {
    const limits = { ...UNDISTURBED, maxBufferedBytes: 5000 };
    await using server = await serveTransport({ createServer, limits });
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
    for (let count = 1; count <= 100; count++) {
        const id = `${count} ${'x'.repeat(250)}`;
        const { events } = await client.post([
            { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'wait' } },
            { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } }
        ]);
        await events?.ended;
        expect(server.sessions.bufferedBytes).toBeLessThan(limits.maxBufferedBytes + 1200);
    }
    // The memory that remains of each stream is counted.
    expect(server.sessions.bufferedBytes).toBeGreaterThan(2000);
});

function isComment({ kind }: { kind: string }): boolean {
    return kind === 'comment';
}
