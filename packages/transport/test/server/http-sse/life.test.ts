import { once } from 'node:events';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { proves } from '@calc/test-helpers/proves';
import {
    createManualClock,
    createRecorder,
    createServer,
    openStream,
    serveTransport,
    UNDISTURBED
} from '@calc/test-helpers/wire';
import { createSessions } from '@calc/transport/server';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { expect, test } from 'vitest';

test('the observer is called for each event of a session, in order', async () => {
    const { happened, observer } = createRecorder();
    const clock = createManualClock();
    await using server = await serveTransport({ createServer, observer, clock, limits: UNDISTURBED });
    const stream = await openStream(server.sseUrl);
    await stream.request(1, 'ping');
    stream.cut();
    await expect.poll(() => happened.at(-1)).toBe('dropped disconnected');
    await stream.post({ jsonrpc: '2.0', id: 2, method: 'ping' });
    const resumed = await stream.resume();
    await resumed.post({ jsonrpc: '1.0' });
    resumed.cut();
    await expect.poll(() => happened.at(-1)).toBe('dropped disconnected');
    clock.advance(60_000);
    expect(happened).toEqual([
        'opened',
        'received ping',
        'sent reply',
        'dropped disconnected',
        'received ping',
        'sent reply',
        'resumed 1',
        'rejected not-json-rpc',
        'dropped disconnected',
        'closed not-resumed'
    ]);
    expect([server.sessions.size, server.sessions.openStreams, clock.pending]).toEqual([0, 0, 0]);
});

proves(
    ['stream.keepalive', 'session.idle'],
    'a heartbeat is sent only after silence, and an idle session ends',
    async () => {
        const clock = createManualClock();
        const { happened, observer } = createRecorder();
        const limits = { heartbeatMs: 15_000, sessionIdleMs: 60_000 };
        await using server = await serveTransport({ createServer, observer, clock, limits });
        await using stream = await openStream(server.sseUrl);
        const comments = () => stream.frames.filter(frame => frame.kind === 'comment').length;
        clock.advance(10_000);
        await stream.request(1, 'ping');
        clock.advance(14_999);
        await stream.request(2, 'ping');
        expect(comments()).toBe(0);
        clock.advance(15_000);
        await expect.poll(comments).toBe(1);
        clock.advance(44_999);
        expect(happened).not.toContain('closed idle');
        clock.advance(1);
        await stream.ended;
        expect(happened.at(-1)).toBe('closed idle');
        expect(clock.pending).toBe(0);
    }
);

test('close() reports once, and messages sent after it are dropped without an error', async () => {
    const servers: McpServer[] = [];
    const make = () => {
        const server = createServer();
        servers.push(server);
        return server;
    };
    const { happened, observer } = createRecorder();
    await using fixture = await serveTransport({ createServer: make, observer });
    await using stream = await openStream(fixture.sseUrl);
    const [server] = servers;
    const transport = server?.server.transport;
    let closes = 0;
    if (server) server.server.onclose = () => closes++;
    await transport?.send({ jsonrpc: '2.0', method: 'notifications/last-words' });
    await server?.close();
    await transport?.close();
    await transport?.send({ jsonrpc: '2.0', method: 'notifications/too-late' });
    await stream.ended;
    expect(closes).toBe(1);
    expect(happened.filter(what => what.startsWith('closed'))).toEqual(['closed closed']);
    expect(stream.messages().map(({ method }) => method)).toEqual(['notifications/last-words']);
});

test('of two GET /sse pipelined on one connection, only the first opens a stream', async () => {
    const { happened, observer } = createRecorder();
    await using server = await serveTransport({ createServer, observer, limits: { resumeWindowMs: 0 } });
    const { hostname, port } = new URL(server.sseUrl);
    const socket = connect(Number(port), hostname);
    socket.write('GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(10));
    await once(socket, 'data');
    // The answer to another client shows that all of these requests have been read.
    await using other = await openStream(server.sseUrl);
    expect(server.sessions.openStreams).toBe(2);
    socket.destroy();
    await expect.poll(() => server.sessions.openStreams).toBe(1);
    expect(await other.request(1, 'ping')).toMatchObject({ id: 1 });
    expect(happened.filter(what => what === 'opened')).toHaveLength(2);
});

test('a client that disconnects before its request is handled neither opens nor resumes a session', async () => {
    const { happened, observer } = createRecorder();
    const sessions = createSessions({ endpoint: '/messages', createServer, observer });
    let letThrough = Promise.resolve();
    const server = createHttpServer(async (req, res) => {
        await letThrough;
        void sessions.handleStream(req, res);
    }).listen(0, '127.0.0.1');
    try {
        await once(server, 'listening');
        const { port } = server.address() as AddressInfo;
        await using stream = await openStream(`http://127.0.0.1:${port}/sse`);
        let open = () => {};
        letThrough = new Promise(resolve => {
            open = resolve;
        });
        const arrived = once(server, 'request');
        const late = connect(port, '127.0.0.1');
        late.write(`GET /sse HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: ${stream.lastEventId}\r\n\r\n`);
        const [, response] = await arrived;
        late.destroy();
        await once(response, 'close');
        open();
        await letThrough;
        expect([happened, sessions.size, sessions.openStreams]).toEqual([['opened'], 1, 1]);
    } finally {
        sessions.close();
        server.close();
    }
});

test('a POST whose body arrives after its session has ended is refused', async () => {
    await using server = await serveTransport({ createServer, limits: { resumeWindowMs: 0 } });
    const stream = await openStream(server.sseUrl);
    const headers = { 'Content-Type': 'application/json' };
    const outgoing = request(stream.endpoint, { method: 'POST', headers });
    outgoing.write('{"jsonrpc":"2.0",');
    // The answer to a second message shows that the head of the first has arrived.
    await stream.request(1, 'ping');
    stream.cut();
    await expect.poll(() => server.sessions.size).toBe(0);
    outgoing.end('"id":2,"method":"ping"}');
    const [answer] = await once(outgoing, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(404);
});

test('if createServer throws, GET /sse is 500 without the reason, and no session remains', async () => {
    const { happened, observer } = createRecorder();
    const fail = () => {
        throw new Error('the database password is hunter2');
    };
    await using server = await serveTransport({ createServer: fail, observer });
    await expect(openStream(server.sseUrl)).rejects.toThrow('500');
    expect(happened).toEqual(['failed the database password is hunter2', 'closed failed', 'rejected failed']);
    expect(server.sessions.size).toBe(0);
});

test('one McpServer for two sessions fails, and the observer gets the error of the SDK', async () => {
    const { happened, observer } = createRecorder();
    const shared = createServer();
    await using server = await serveTransport({ createServer: () => shared, observer });
    await using first = await openStream(server.sseUrl);
    await expect(openStream(server.sseUrl)).rejects.toThrow('500');
    expect(happened).toContainEqual(expect.stringMatching(/^failed Already connected to a transport/));
    expect(await first.request(1, 'ping')).toMatchObject({ id: 1 });
});
