import { once } from 'node:events';
import { request } from 'node:http';
import { createManualClock, type EventTap, openMcp, send, sendRaw, startSse } from '@calc/testkit';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import { expect } from 'vitest';
import { createRecorder, createServer, UNDISTURBED } from './fixtures.ts';
import { proves } from './proves.ts';

const call = (id: number, name: string, more: object = {}) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: {}, ...more }
});
const withProgress = { _meta: { progressToken: 'p' } };
const cancel = (requestId: number) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
const note = (data: unknown) => ({ jsonrpc: '2.0' as const, method: 'notifications/message', params: { data } });

/** A server whose answers are as long as they are asked to be. */
function createEcho() {
    return {
        async connect(session: Transport) {
            session.onmessage = message => {
                if (!('method' in message) || !('id' in message)) return;
                const { length = 0 } = Object(message.params?.arguments);
                const result = {
                    protocolVersion: '2025-11-25',
                    capabilities: {},
                    serverInfo: {},
                    text: 'x'.repeat(length)
                };
                void session.send({ jsonrpc: '2.0', id: message.id, result });
            };
        }
    };
}

/** A server that does nothing by itself, so that a test can push what it likes. */
function createPusher() {
    const replies: ((result: Record<string, unknown>) => Promise<void>)[] = [];
    let transport: Transport | undefined;
    let lastExtra: MessageExtraInfo | undefined;
    const pusher = {
        replies,
        protocolVersion: '2025-11-25',
        /** Called in the turn that brings a request. */
        whenAsked: (_extra: MessageExtraInfo) => {},
        /** Closes the stream of the last request. */
        closeStream: () => lastExtra?.closeSSEStream?.(),
        push: (message: Parameters<Transport['send']>[0], relatedRequestId?: number) =>
            transport?.send(message, relatedRequestId === undefined ? {} : { relatedRequestId }),
        createServer: () => ({
            async connect(session: Transport) {
                transport = session;
                session.onmessage = (message, extra = {}) => {
                    if (!('method' in message) || !('id' in message)) return;
                    const { id } = message;
                    const { protocolVersion } = pusher;
                    const result = { protocolVersion, capabilities: {}, serverInfo: {} };
                    if (message.method === 'initialize') void session.send({ jsonrpc: '2.0', id, result });
                    else {
                        lastExtra = extra;
                        pusher.whenAsked(extra);
                        replies.push(result => session.send({ jsonrpc: '2.0', id, result }));
                    }
                };
            }
        })
    };
    return pusher;
}

proves(['http.events', 'http.reply'], 'what belongs to a request comes on its stream, with ids', async () => {
    await using server = await startSse({ createServer });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(7, 'progress', withProgress));
    await events?.ended;
    const id = (position: number) => `${client.sessionId}:2:${position}`;
    expect(events?.frames.slice(0, 2)).toEqual([
        { kind: 'retry', ms: 2000 },
        { kind: 'event', event: 'message', id: id(0), data: '' }
    ]);
    expect(events?.frames.slice(2).map(frame => frame.kind === 'event' && frame.id)).toEqual([1, 2, 3, 4].map(id));
    expect(events?.messages().map(({ params, id }) => params?.progress ?? id)).toEqual([1, 2, 3, 7]);
});

proves(['http.events'], 'a client of an older revision gets no event without data', async () => {
    await using server = await startSse({ createServer });
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-06-18' });
    const { events } = await client.post(call(7, 'progress', withProgress));
    await events?.ended;
    expect(events?.frames[0]).toEqual({ kind: 'retry', ms: 2000 });
    expect(events?.frames[1]).toMatchObject({
        id: `${client.sessionId}:2:1`,
        data: expect.stringContaining('progress')
    });
});

proves(['http.get'], 'what belongs to no request comes on the stream of GET, also what was there before', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    await pusher.push(note('early'));
    const first = await client.open();
    await pusher.push(note('live'));
    await first.find(frame => frame.kind === 'event' && frame.data.includes('live'));
    expect(first.messages().map(({ params }) => params?.data)).toEqual(['early', 'live']);
    const second = await client.open();
    await first.ended;
    await pusher.push(note('for the second'));
    await second.find(frame => frame.kind === 'event' && frame.data.includes('for the second'));
    expect(second.messages().map(({ params }) => params?.data)).toEqual(['for the second']);
});

proves(
    ['http.get', 'http.accepted'],
    'a question of the server comes on the stream of GET, the answer by a POST',
    async () => {
        await using server = await startSse({ createServer });
        await using client = await openMcp(server.mcpUrl);
        const { events } = await client.post(call(1, 'ask', { arguments: { question: 'How many?' } }));
        const pushed = await client.open();
        const question = await pushed.find(frame => frame.kind === 'event' && frame.data.includes('elicitation'));
        const { id } = JSON.parse(question?.kind === 'event' ? question.data : '');
        const answer = { jsonrpc: '2.0', id, result: { action: 'accept', content: { answer: 'five' } } };
        expect((await client.post(answer)).status).toBe(202);
        const reply = await events?.findReply(1);
        expect(reply?.result?.structuredContent).toEqual({ action: 'accept', answer: 'five' });
    }
);

proves(['http.resume'], 'a stream that broke goes on where it was, and ends as it would have', async () => {
    let seen = () => {};
    const progressSeen = new Promise<void>(resolve => {
        seen = resolve;
    });
    await using server = await startSse({ createServer: () => createServer(undefined, progressSeen) });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(7, 'progress', withProgress));
    await events?.find(frame => frame.kind === 'event' && frame.data.includes('"progress":3'));
    const ids = events?.frames.flatMap(frame => (frame.kind === 'event' ? [frame.id] : [])) ?? [];
    events?.cut();
    await events?.ended;
    seen();
    // From the start, from the middle, from where it broke.
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
});

proves(['http.resume'], 'a stream that the server closes goes on when its client comes back', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    // At once, before there is a stream, and then while it is open.
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

proves(['http.resume'], 'a server closes the stream of GET too, of clients that know what that means', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
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

proves(['http.events'], 'the stream of GET ends with its connection, that of a request does not', async () => {
    await using server = await startSse({ createServer });
    await using client = await openMcp(server.mcpUrl);
    const pushed = await client.get();
    const { headers } = await client.post(call(7, 'progress', withProgress));
    expect([pushed.headers['transfer-encoding'], headers['transfer-encoding']]).toEqual([undefined, 'chunked']);
});

proves(['http.resume'], 'a stream that is resumed leaves the connection that it had', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(1, 'x'));
    const again = await client.open(events?.lastEventId);
    await events?.ended;
    await pusher.replies[0]?.({ n: 1 });
    expect(await again.findReply(1)).toMatchObject({ result: { n: 1 } });
    expect(events?.messages()).toEqual([]);
});

proves(['http.resume'], 'the stream for no request goes on where it was', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
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

proves(['http.resume-lost'], 'a Last-Event-ID that leads nowhere is refused', async () => {
    await using server = await startSse({ createServer });
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
    // That of a session before this one says nothing of this one.
    await using other = await openMcp(server.mcpUrl);
    for (const id of [`${other.sessionId}:0:0`, `${other.sessionId}:1:99`]) {
        expect((await client.get(id)).status, id).toBe(200);
    }
});

proves(['http.resume-lost'], 'a stream for no request that lost messages ends its session', async () => {
    const pusher = createPusher();
    const { happened, observer } = createRecorder();
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, resumeWindowMs: 1000 };
    await using server = await startSse({ createServer: pusher.createServer, observer, limits, clock });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    events.cut();
    await events.ended;
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    await pusher.push(note('nobody came for it'));
    clock.advance(3000);
    const answer = await client.get(`${client.sessionId}:0:0`);
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([404, -32001]);
    expect(happened.filter(what => !what.startsWith('sent'))).toContain('closed replay-lost');
    expect([server.sessions.size, clock.pending]).toEqual([0, 0]);
});

proves(['http.resume-window'], 'what was sent is kept for a while, and the session goes on', async () => {
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, resumeWindowMs: 1000 };
    await using server = await startSse({ createServer, limits, clock });
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

proves(['http.resume-window'], 'what waited for its client is kept for a while from when it was sent', async () => {
    const pusher = createPusher();
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, resumeWindowMs: 1000, heartbeatMs: 950 };
    await using server = await startSse({ createServer: pusher.createServer, limits, clock });
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
    // At the heartbeat the session looks what it may forget.
    clock.advance(960);
    const third = await client.open(events.lastEventId);
    await third.find(frame => frame.kind === 'event' && frame.data.includes('waits'));
});

proves(['http.resume-window'], 'with resuming off nothing is kept', async () => {
    await using server = await startSse({ createServer, limits: { resumeWindowMs: 0 } });
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

proves(
    ['http.resume-window'],
    'a stream that nobody came back to is given up, and with it what it would answer',
    async () => {
        const pusher = createPusher();
        const clock = createManualClock();
        const limits = { ...UNDISTURBED, resumeWindowMs: 1000 };
        await using server = await startSse({ createServer: pusher.createServer, limits, clock });
        await using client = await openMcp(server.mcpUrl);
        const { events } = await client.post(call(1, 'x'));
        events?.cut();
        await events?.ended;
        await expect.poll(() => server.sessions.openStreams).toBe(0);
        clock.advance(2000);
        await pusher.replies[0]?.({ n: 1 });
        expect(server.sessions.bufferedBytes).toBe(0);
        expect((await client.get(events?.lastEventId)).status).toBe(400);
        // It is known no longer, so it is asked anew.
        const again = await client.post(call(1, 'x'));
        await pusher.replies[1]?.({ n: 2 });
        expect(await again.events?.findReply(1)).toMatchObject({ result: { n: 2 } });
    }
);

proves(['http.repeated'], 'a request whose POST broke is repeated, and run once', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const first = await client.post(call(1, 'x'));
    first.events?.cut();
    await first.events?.ended;
    const second = await client.post(call(1, 'x'));
    await pusher.replies[0]?.({ n: 1 });
    expect(await second.events?.findReply(1)).toMatchObject({ result: { n: 1 } });
    // Answered long ago, and asked again: what was the answer of events is the same as JSON now.
    const third = await client.post(call(1, 'x'));
    expect(JSON.parse(third.body)).toMatchObject({ id: 1, result: { n: 1 } });
    expect(pusher.replies).toHaveLength(1);
});

proves(
    ['http.repeated', 'http.resume-lost'],
    'a repeated request whose stream has lost messages is refused',
    async () => {
        const pusher = createPusher();
        await using server = await startSse({ createServer: pusher.createServer, limits: { resumeWindowMs: 0 } });
        await using client = await openMcp(server.mcpUrl);
        const first = await client.post(call(1, 'x'));
        await pusher.push(note('sent and forgotten'), 1);
        await first.events?.find(frame => frame.kind === 'event' && frame.data.includes('forgotten'));
        const second = await client.post(call(1, 'x'));
        expect([second.status, JSON.parse(second.body).error.code]).toEqual([400, -32600]);
        await pusher.replies[0]?.({ n: 1 });
        expect(await first.events?.findReply(1)).toMatchObject({ result: { n: 1 } });
        expect(pusher.replies).toHaveLength(1);
    }
);

proves(['http.cancelled'], 'a cancelled request ends its stream without a reply', async () => {
    await using server = await startSse({ createServer, limits: { maxInFlight: 1 } });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(1, 'wait'));
    const refused = await client.post(call(2, 'wait'));
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect((await client.post(cancel(1))).status).toBe(202);
    await events?.ended;
    expect(events?.messages()).toEqual([]);
    expect((await client.get(events?.lastEventId)).status).toBe(204);
    expect(await client.request(3, 'ping')).toMatchObject({ id: 3, result: {} });
});

proves(['http.reply', 'http.cancelled'], 'a request is answered that was cancelled before it came', async () => {
    await using server = await startSse({ createServer });
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
    const { events } = await client.post([cancel(1), { jsonrpc: '2.0', id: 1, method: 'ping' }]);
    expect(await events?.findReply(1)).toMatchObject({ id: 1, result: {} });
});

proves(['http.cancelled'], 'a reply to a cancelled request goes nowhere', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
    await using client = await openMcp(server.mcpUrl);
    const { events } = await client.post(call(1, 'x'));
    await client.post(cancel(1));
    await events?.ended;
    await pusher.replies[0]?.({ n: 1 });
    expect((await client.get(events?.lastEventId)).status).toBe(204);
});

proves(['http.bounded'], 'all that a session keeps is bounded, whatever it is that sends', async () => {
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, maxBufferedBytes: 20_000, resumeWindowMs: 1000 };
    await using server = await startSse({ createServer, limits, clock });
    await using client = await openMcp(server.mcpUrl);
    // As much again may come for a client that is away, but not when it is back, nor when it has given up.
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
    // The oldest answers are gone, the newest are here.
    expect((await client.get(`${client.sessionId}:3:0`)).status).toBe(400);
    expect((await client.get(`${client.sessionId}:302:0`)).status).toBe(200);
});

proves(['http.bounded'], 'a reader that is slow is cut off and may resume, and the others do not notice', async () => {
    const pusher = createPusher();
    const { happened, observer } = createRecorder();
    const limits = { ...UNDISTURBED, maxBufferedBytes: 500_000 };
    await using server = await startSse({ createServer: pusher.createServer, observer, limits });
    await using client = await openMcp(server.mcpUrl);
    const other = await client.open();
    const { events } = await client.post(call(1, 'x'));
    events?.pause();
    const data = 'x'.repeat(100_000);
    let sent = 0;
    // As much as the network holds, and then what is kept.
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
});

proves(['http.bounded'], 'what is pushed to a client that has no stream is forgotten, the oldest first', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer, limits: { maxBufferedBytes: 2000 } });
    await using client = await openMcp(server.mcpUrl);
    for (let count = 1; count <= 100; count++) await pusher.push(note(count));
    expect(server.sessions.bufferedBytes).toBeLessThan(2500);
    const events = await client.open();
    await events.find(frame => frame.kind === 'event' && frame.data.includes('"data":100}'));
    expect(events.messages().length).toBeGreaterThan(3);
    expect(await client.get(events.lastEventId)).toMatchObject({ status: 200 });
});

proves(['http.bounded'], 'more than is kept for a client that is away ends the session', async () => {
    const pusher = createPusher();
    const { happened, observer } = createRecorder();
    const limits = { ...UNDISTURBED, maxBufferedBytes: 2000 };
    await using server = await startSse({ createServer: pusher.createServer, observer, limits });
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

proves(['http.keepalive'], 'a silent stream has heartbeats, of GET and of POST', async () => {
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, heartbeatMs: 15_000 };
    await using server = await startSse({ createServer, clock, limits });
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

proves(['session.idle'], 'a session of /mcp that nobody uses ends', async () => {
    const clock = createManualClock();
    const limits = { sessionIdleMs: 10_000, heartbeatMs: 1e9 };
    await using server = await startSse({ createServer, clock, limits });
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

proves(['session.idle'], 'a message in either direction keeps a session, a reply or none', async () => {
    const pusher = createPusher();
    const clock = createManualClock();
    const limits = { sessionIdleMs: 10_000, heartbeatMs: 1e9 };
    await using server = await startSse({ createServer: pusher.createServer, clock, limits });
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
});

proves(['session.idle'], 'a session of /mcp that only the server talks to ends', async () => {
    const pusher = createPusher();
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, sessionIdleMs: 10_000, resumeWindowMs: 1000 };
    await using server = await startSse({ createServer: pusher.createServer, clock, limits });
    await using client = await openMcp(server.mcpUrl);
    const events = await client.open();
    for (let seconds = 0; seconds < 20; seconds++) {
        await pusher.push(note('somebody listens'));
        clock.advance(1000);
    }
    expect(server.sessions.size).toBe(1);
    events.cut();
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    for (let seconds = 0; seconds < 20; seconds++) {
        await pusher.push(note('nobody listens'));
        clock.advance(1000);
    }
    expect([server.sessions.size, clock.pending]).toEqual([0, 0]);
});

proves(['post.draining', 'life.stop'], 'draining lets the calls of /mcp be answered and ends the streams', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
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

proves(['post.draining', 'life.stop'], 'a call answered in the turn in which draining begins is answered', async () => {
    const pusher = createPusher();
    await using server = await startSse({ createServer: pusher.createServer });
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
});

proves(['post.draining'], 'draining refuses what is not there yet, and what comes in meanwhile', async () => {
    const { happened, observer } = createRecorder();
    await using server = await startSse({ createServer, observer });
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
    expect(happened.filter(what => what.startsWith('refused'))).toEqual(['refused draining', 'refused draining']);
    late.post.destroy();
});

proves(['http.body'], 'why a body was not taken is told', async () => {
    const { happened, observer } = createRecorder();
    await using server = await startSse({ createServer, observer, limits: { maxMessageBytes: 1024 } });
    for (const [type, body, status] of [
        ['application/json', '{', 400],
        ['application/json', `"${'x'.repeat(1024)}"`, 413],
        ['text/plain', '{}', 415]
    ] as const) {
        const headers = { 'Content-Type': type, Accept: 'application/json, text/event-stream' };
        expect((await send(server.mcpUrl, { method: 'POST', headers, body })).status).toBe(status);
    }
    expect(happened).toEqual(['refused not-json', 'refused too-large', 'refused bad-content-type']);
});

proves(
    ['http.session'],
    'a session that ends in the turn of a request ends its stream, and no timer is left',
    async () => {
        const pusher = createPusher();
        const clock = createManualClock();
        await using server = await startSse({ createServer: pusher.createServer, clock });
        await using client = await openMcp(server.mcpUrl);
        pusher.whenAsked = () => server.sessions.close();
        const { status, events } = await client.post(call(1, 'x'));
        await events?.ended;
        // Not 404, which would say that the request was not begun.
        expect([status, events?.messages()]).toEqual([200, []]);
        expect((await client.get(events?.lastEventId)).status).toBe(404);
        await expect.poll(() => clock.pending).toBe(0);
    }
);

function isComment({ kind }: { kind: string }): boolean {
    return kind === 'comment';
}

proves(
    ['http.bounded'],
    'what many readers leave unread is bounded together, and those who read lose nothing',
    async () => {
        const limits = { ...UNDISTURBED, maxBufferedBytes: 100_000, maxInFlight: 1000 };
        await using server = await startSse({ createServer: createEcho, limits });
        await using client = await openMcp(server.mcpUrl);
        const length = 1_000_000;
        const stopped: EventTap[] = [];
        for (let id = 1; id <= 40; id++) {
            const { events } = await client.post(call(id, 'echo', { arguments: { length } }));
            events?.pause();
            if (events) stopped.push(events);
        }
        // One large message may be on its way, and one wait.
        expect(server.sessions.bufferedBytes).toBeLessThan(4 * length);
        expect(await client.request(1000, 'ping')).toMatchObject({ id: 1000, result: {} });
        const reply = await (await client.post(call(1001, 'echo', { arguments: { length } }))).events?.findReply(1001);
        expect(reply?.result?.text).toHaveLength(length);
        expect(stopped).toHaveLength(40);
    }
);

proves(['http.bounded'], 'requests that are cancelled at once leave no more than others', async () => {
    const limits = { ...UNDISTURBED, maxBufferedBytes: 50_000 };
    await using server = await startSse({ createServer, limits });
    await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
    for (let count = 1; count <= 30; count++) {
        const id = `${count} ${'x'.repeat(10_000)}`;
        const { events } = await client.post([
            { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'wait' } },
            { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } }
        ]);
        await events?.ended;
        expect(server.sessions.bufferedBytes).toBeLessThan(limits.maxBufferedBytes + 12_000);
    }
    // It is counted, not just left out.
    expect(server.sessions.bufferedBytes).toBeGreaterThan(20_000);
});

proves(
    ['http.batch', 'http.repeated'],
    'a batch that is known in part is refused, so that nothing of it is lost',
    async () => {
        await using server = await startSse({ createServer });
        await using client = await openMcp(server.mcpUrl, { protocolVersion: '2025-03-26' });
        const pings = [1, 2].map(id => ({ jsonrpc: '2.0', id, method: 'ping' }));
        await client.request(1, 'ping');
        const refused = await client.post(pings);
        expect([refused.status, JSON.parse(refused.body).error.code]).toEqual([400, -32600]);
        expect(await client.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
        // All of it known, and answered where it was.
        const batch = [3, 4].map(id => ({ jsonrpc: '2.0', id, method: 'ping' }));
        for (let times = 0; times < 2; times++) {
            const { events } = await client.post(batch);
            await events?.ended;
            expect(events?.messages().map(({ id }) => id)).toEqual([3, 4]);
        }
        const across = await client.post([pings[0], batch[0]]);
        expect(across.status).toBe(400);
    }
);

proves(['http.repeated'], 'of two POSTs of the same request at once, the last is answered', async () => {
    await using server = await startSse({ createServer });
    await using client = await openMcp(server.mcpUrl);
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
    const post = [
        'POST /mcp HTTP/1.1',
        'Host: localhost',
        'Content-Type: application/json',
        'Accept: application/json, text/event-stream',
        `Mcp-Session-Id: ${client.sessionId}`,
        `Content-Length: ${body.length}`
    ].join('\r\n');
    const answers = await sendRaw(server.mcpUrl, `${post}\r\n\r\n${body}${post}\r\nConnection: close\r\n\r\n${body}`);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 409', 'HTTP/1.1 200']);
    expect(answers).toContain('"result":{}');
});

proves(['http.initialize', 'http.batch'], 'initialize comes alone, and its params are an object', async () => {
    await using server = await startSse({ createServer });
    const open = { jsonrpc: '2.0', id: 5, method: 'initialize' };
    const params = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'x', version: '1' } };
    for (const [message, code] of [
        [[{ ...open, params }], -32600],
        [{ ...open, params: [] }, -32602],
        [{ ...open, params: { ...params, _meta: [] } }, -32602]
    ] as const) {
        const answer = await send(server.mcpUrl, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
            body: JSON.stringify(message)
        });
        expect([answer.status, JSON.parse(answer.body).error.code], JSON.stringify(message)).toEqual([400, code]);
    }
    expect(server.sessions.size).toBe(0);
});
