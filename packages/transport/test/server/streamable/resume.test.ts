import { proves } from '@calc/test-helpers/proves';
import {
    call,
    createManualClock,
    createPusher,
    createRecorder,
    createServer,
    note,
    openMcp,
    serveTransport,
    UNDISTURBED,
    withProgress
} from '@calc/test-helpers/wire';
import { expect } from 'vitest';

proves(
    ['http.resume'],
    'a resumed stream continues after the last event received, and ends with the reply',
    async () => {
        let seen = () => {};
        const progressSeen = new Promise<void>(resolve => {
            seen = resolve;
        });
        await using server = await serveTransport({ createServer: () => createServer(undefined, progressSeen) });
        await using client = await openMcp(server.mcpUrl);
        const { events } = await client.post(call(7, 'progress', withProgress));
        await events?.find(frame => frame.kind === 'event' && frame.data.includes('"progress":3'));
        const ids = events?.frames.flatMap(frame => (frame.kind === 'event' ? [frame.id] : [])) ?? [];
        events?.cut();
        await events?.ended;
        seen();
        // Resume at the start, in the middle, and where the stream broke.
        for (const [from, expected] of [
            [0, [1, 2, 3, 7]],
            [2, [3, 7]],
            [3, [7]]
        ] as const) {
            const again = await client.open(ids[from]);
            await again.ended;
            expect(again.messages().map(({ params, id }) => params?.progress ?? id)).toEqual(expected);
        }
        const over = await client.get(`${client.sessionId}:2:4`);
        expect([over.status, over.body]).toEqual([204, '']);
    }
);

proves(['http.resume'], 'a stream that the server closed continues when its client reconnects', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    // The server closes the stream before it has begun, and then while it is open.
    pusher.whenAsked = ({ closeSSEStream }) => closeSSEStream?.();
    const { events } = await client.post(call(1, 'x'));
    await events?.ended;
    expect(events?.frames).toHaveLength(2);
    const again = await client.open(events?.lastEventId);
    pusher.closeStream();
    await again.ended;
    await pusher.replies[0]?.({ n: 1 });
    const last = await client.open(again.lastEventId);
    expect(await last.findReply(1)).toMatchObject({ result: { n: 1 } });
});

proves(['http.resume'], 'a server can close the stream of GET of clients whose revision supports it', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const pushed = await client.open();
    pusher.whenAsked = ({ closeStandaloneSSEStream }) => closeStandaloneSSEStream?.();
    await client.post(call(1, 'x'));
    await pushed.ended;
    await pusher.push(note('later'));
    const again = await client.open(pushed.lastEventId);
    await again.find(frame => frame.kind === 'event' && frame.data.includes('later'));

    pusher.protocolVersion = '2025-06-18';
    await using older = await openMcp(server.mcpUrl, { protocolVersion: pusher.protocolVersion });
    let offered: unknown;
    pusher.whenAsked = extra => {
        offered = extra.closeSSEStream ?? extra.closeStandaloneSSEStream;
    };
    await older.post(call(1, 'x'));
    expect(offered).toBe(undefined);
});

proves(['http.resume'], 'resuming a stream ends its earlier connection', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(1, 'x'));
    const again = await client.open(events?.lastEventId);
    await events?.ended;
    await pusher.replies[0]?.({ n: 1 });
    expect(await again.findReply(1)).toMatchObject({ result: { n: 1 } });
    expect(events?.messages()).toEqual([]);
});

proves(['http.resume'], 'the resumed stream of GET continues after the last event received', async () => {
    const pusher = createPusher();
    await using server = await serveTransport({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    await pusher.push(note(1));
    await events.find(frame => frame.kind === 'event' && frame.data.includes('"data":1'));
    events.cut();
    await events.ended;
    for (const data of [2, 3]) await pusher.push(note(data));
    const again = await client.open(events.lastEventId);
    await pusher.push(note(4));
    await again.find(frame => frame.kind === 'event' && frame.data.includes('"data":4'));
    expect(again.messages().map(({ params }) => params?.data)).toEqual([2, 3, 4]);
});

proves(['http.resume-lost'], 'GET /mcp with an unknown Last-Event-ID is refused', async () => {
    await using server = await serveTransport({ createServer });
    await using client = await openMcp(server.mcpUrl);
    for (const [id, status] of [
        ['x', 400],
        [`${client.sessionId}:1`, 400],
        [`${client.sessionId}:0`, 400],
        [`${client.sessionId}:99:0`, 400],
        [`${client.sessionId}:1:99`, 400]
    ] as const) {
        const answer = await client.get(id);
        expect([answer.status, JSON.parse(answer.body).error.code], id).toEqual([status, -32600]);
    }
    // The event id of another session opens the stream as if there were none.
    await using other = await openMcp(server.mcpUrl);
    for (const id of [`${other.sessionId}:0:0`, `${other.sessionId}:1:99`]) {
        expect((await client.get(id)).status, id).toBe(200);
    }
});

proves(['http.resume-lost'], 'if the stream of GET has lost messages, resuming it ends the session', async () => {
    const pusher = createPusher();
    const { happened, observer } = createRecorder();
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, resumeWindowMs: 1000 };
    await using server = await serveTransport({ createServer: pusher.createServer, observer, limits, clock });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    events.cut();
    await events.ended;
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    await pusher.push(note('no client reads it'));
    clock.advance(3000);
    const answer = await client.get(`${client.sessionId}:0:0`);
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([404, -32001]);
    expect(happened.filter(what => !what.startsWith('sent'))).toContain('closed replay-lost');
    expect([server.sessions.size, clock.pending]).toEqual([0, 0]);
});

proves(['http.resume-window'], 'sent messages are kept for the resume window, and the session continues', async () => {
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, resumeWindowMs: 1000 };
    await using server = await serveTransport({ createServer, limits, clock });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(7, 'progress', withProgress));
    await events?.ended;
    const id = `${client.sessionId}:2:3`;
    clock.advance(900);
    expect((await client.get(id)).status).toBe(200);
    clock.advance(2000);
    expect((await client.get(id)).status).toBe(400);
    expect(server.sessions.bufferedBytes).toBe(0);
    expect(await client.request(8, 'ping')).toMatchObject({ id: 8 });
});

proves(['http.resume-window'], 'a queued message is kept for the resume window from the time it is sent', async () => {
    const pusher = createPusher();
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, resumeWindowMs: 1000, heartbeatMs: 950 };
    await using server = await serveTransport({ createServer: pusher.createServer, limits, clock });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    events.cut();
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    await pusher.push(note('waits'));
    clock.advance(900);
    const second = await client.open(events.lastEventId);
    await second.find(frame => frame.kind === 'event' && frame.data.includes('waits'));
    await pusher.push(note('next'));
    await second.find(frame => frame.kind === 'event' && frame.data.includes('next'));
    // The session drops old messages at its heartbeat.
    clock.advance(960);
    const third = await client.open(events.lastEventId);
    await third.find(frame => frame.kind === 'event' && frame.data.includes('waits'));
});

proves(['http.resume-window'], 'with a resume window of 0 no sent message is kept', async () => {
    await using server = await serveTransport({ createServer, limits: { resumeWindowMs: 0 } });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(7, 'progress', withProgress));
    await events?.ended;
    expect(events?.frames[1]).toMatchObject({ data: expect.stringContaining('"progress":1') });
    expect((await client.get(`${client.sessionId}:2:1`)).status).toBe(400);
    const waiting = await client.post(call(8, 'wait'));
    waiting.events?.cut();
    await waiting.events?.ended;
    expect(await client.request(9, 'ping')).toMatchObject({ id: 9 });
    expect([server.sessions.bufferedBytes, server.sessions.openStreams]).toEqual([0, 0]);
});

proves(['http.resume-window'], 'a stream that is not resumed in time expires, and its reply is dropped', async () => {
    const pusher = createPusher();
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, resumeWindowMs: 1000 };
    await using server = await serveTransport({ createServer: pusher.createServer, limits, clock });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(1, 'x'));
    events?.cut();
    await events?.ended;
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    clock.advance(2000);
    await pusher.replies[0]?.({ n: 1 });
    expect(server.sessions.bufferedBytes).toBe(0);
    expect((await client.get(events?.lastEventId)).status).toBe(400);
    // The request is no longer known, so it is new.
    const again = await client.post(call(1, 'x'));
    await pusher.replies[1]?.({ n: 2 });
    expect(await again.events?.findReply(1)).toMatchObject({ result: { n: 2 } });
});
