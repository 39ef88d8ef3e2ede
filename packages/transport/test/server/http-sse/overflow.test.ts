import {
    createManualClock,
    createRecorder,
    createServer,
    openStream,
    serveTransport,
    UNDISTURBED
} from '@calc/test-helpers/wire';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, test } from 'vitest';

test('if a slow client cannot resume, its session ends, and nothing more is sent', async () => {
    const { happened, observer } = createRecorder();
    let transport: Transport | undefined;
    const connect = () => ({
        async connect(session: Transport) {
            transport = session;
        }
    });
    const limits = { maxBufferedBytes: 1000, resumeWindowMs: 0 };
    await using server = await serveTransport({ createServer: connect, observer, limits });
    await using stream = await openStream(server.sseUrl);
    const data = 'x'.repeat(600);
    for (let count = 0; count < 10; count++) {
        await transport?.send({ jsonrpc: '2.0', method: 'notifications/message', params: { data } });
    }
    await stream.ended;
    const sent = 'sent notifications/message';
    expect(happened).toEqual(['opened', sent, sent, 'dropped slow-reader', 'closed not-resumed']);
    expect([server.sessions.size, server.sessions.openStreams]).toEqual([0, 0]);
});

test('a backlog over the limit for a disconnected client ends its session, and the observer is notified', async () => {
    const { happened, observer } = createRecorder();
    await using server = await serveTransport({ createServer, observer, limits: { maxBufferedBytes: 1000 } });
    const stream = await openStream(server.sseUrl);
    stream.cut();
    await stream.ended;
    const statuses: number[] = [];
    for (let id = 1; id <= 30; id++) statuses.push((await stream.post({ jsonrpc: '2.0', id, method: 'ping' })).status);
    expect(new Set(statuses)).toEqual(new Set([202, 404]));
    const told = happened.filter(what => !what.startsWith('rejected'));
    expect(told.slice(-2)).toEqual([expect.stringMatching(/^evicted \d+$/), 'closed replay-lost']);
    expect(server.sessions.size).toBe(0);
    await using fresh = await stream.resume();
    expect(fresh.sessionId).not.toBe(stream.sessionId);
});

test('an ended stream that the client does not read is destroyed', async () => {
    const clock = createManualClock();
    const limits = { ...UNDISTURBED, maxBufferedBytes: 50_000_000 };
    let transport: Transport | undefined;
    const connect = () => ({
        async connect(session: Transport) {
            transport = session;
        }
    });
    await using server = await serveTransport({ createServer: connect, clock, limits });
    await using stream = await openStream(server.sseUrl);
    stream.pause();
    // More than the network buffers.
    const data = 'x'.repeat(20_000_000);
    await transport?.send({ jsonrpc: '2.0', method: 'notifications/message', params: { data } });
    await transport?.close();
    expect([server.sessions.size, server.sessions.openStreams]).toEqual([0, 1]);
    clock.advance(5000);
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    expect(clock.pending).toBe(0);
});

test('a resumed client is not disconnected for the backlog that it is still reading', async () => {
    const { happened, observer } = createRecorder();
    let transport: Transport | undefined;
    const connect = () => ({
        async connect(session: Transport) {
            transport = session;
        }
    });
    const limits = { ...UNDISTURBED, maxBufferedBytes: 10_000_000 };
    await using server = await serveTransport({ createServer: connect, observer, limits });
    const stream = await openStream(server.sseUrl);
    stream.cut();
    await stream.ended;
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    // More than the limit, and more than the network buffers.
    const data = 'x'.repeat(4_000_000);
    const push = (n: number) =>
        transport?.send({ jsonrpc: '2.0', method: 'notifications/message', params: n < 5 ? { n, data } : { n } });
    for (let n = 1; n <= 4; n++) await push(n);
    await using resumed = await stream.resume();
    resumed.pause();
    await push(5);
    await push(6);
    resumed.unpause();
    await resumed.find(frame => frame.kind === 'event' && frame.data.includes('"n":6'));
    expect(resumed.messages().map(({ params }) => params?.n)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(happened).not.toContain('dropped slow-reader');
});
