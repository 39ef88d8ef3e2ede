import type { CloseReason, DropReason, SseLimits, SseObserver, SseSession } from '@calc/sse';
import { connectClient, createManualClock, type Frame, openStream, startSse } from '@calc/testkit';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { expect, test } from 'vitest';
import { z } from 'zod';

const UNDISTURBED: Partial<SseLimits> = { heartbeatMs: 1e9, sessionIdleMs: 1e9 };

/** A server with a tool for each thing that a transport has to carry. `progressSeen` lets the first one finish. */
function createServer(_session?: SseSession, progressSeen: Promise<void> = Promise.resolve()): McpServer {
    const server = new McpServer({ name: 'fixture', version: '1' }, { capabilities: { logging: {} } });
    server.registerTool('progress', {}, async ({ _meta, sendNotification }) => {
        for (const progress of [1, 2, 3]) {
            const progressToken = _meta?.progressToken ?? 0;
            await sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
        }
        await progressSeen;
        return { content: [] };
    });
    server.registerTool('wait', {}, ({ signal }) => {
        return new Promise(resolve => signal.addEventListener('abort', () => resolve({ content: [] })));
    });
    server.registerTool('who', {}, ({ authInfo, requestInfo, sessionId }) => ({
        content: [],
        structuredContent: {
            client: authInfo?.clientId,
            header: requestInfo?.headers['x-test'],
            path: requestInfo?.url?.pathname,
            sessionId
        }
    }));
    server.registerTool('unwritable', {}, () => ({ content: [], structuredContent: { big: 1n } }));
    server.registerTool('ask', { inputSchema: { question: z.string() } }, async ({ question }) => {
        const answer = await server.server.elicitInput({
            message: question,
            requestedSchema: { type: 'object', properties: { answer: { type: 'string' } } }
        });
        return { content: [], structuredContent: { action: answer.action, ...answer.content } };
    });
    return server;
}

function createRecorder() {
    const happened: string[] = [];
    const note = (what: string, detail?: DropReason | CloseReason | number) =>
        happened.push(detail === undefined ? what : `${what} ${detail}`);
    const observer: SseObserver = {
        opened: () => note('opened'),
        dropped: (_session, reason) => note('dropped', reason),
        resumed: (_session, replayed) => note('resumed', replayed),
        closed: (_session, reason) => note('closed', reason),
        evicted: (_session, messages) => note('evicted', messages),
        received: (_session, message) => note(`received ${'method' in message ? message.method : 'reply'}`),
        sent: (_session, message) => note(`sent ${'method' in message ? message.method : 'reply'}`),
        refused: refusal => note(`refused ${refusal}`),
        failed: error => note(`failed ${error.message}`)
    };
    return { happened, observer };
}

test('progress, request info and the session reach tools and clients as with the SDK’s own transport', async () => {
    // The SDK's client gives up progress that it reads together with the reply, so that the reply waits for it here.
    let tellSeen = () => {};
    const progressSeen = new Promise<void>(resolve => {
        tellSeen = resolve;
    });
    await using server = await startSse({ createServer: session => createServer(session, progressSeen) });
    await using client = await connectClient(server.sseUrl);
    const seen: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => {
        seen.push(progress);
        if (progress === 3) tellSeen();
    };
    await client.callTool({ name: 'progress' }, undefined, { onprogress });
    expect(seen).toEqual([1, 2, 3]);

    await using stream = await openStream(server.sseUrl, { Authorization: 'Bearer alice' });
    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer alice', 'X-Test': 'yes' };
    await stream.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'who' } }, headers);
    await stream.find(frame => frame.kind === 'event' && frame.event === 'message');
    expect(stream.messages()[0]?.result?.structuredContent).toEqual({
        client: 'alice',
        header: 'yes',
        path: '/messages',
        sessionId: stream.sessionId
    });
});

test('a server asks its client, and the answer finds its way back', async () => {
    await using server = await startSse({ createServer });
    await using stream = await openStream(server.sseUrl);
    await stream.request('init', 'initialize', {
        protocolVersion: '2025-11-25',
        capabilities: { elicitation: {} },
        clientInfo: { name: 'test', version: '1' }
    });
    const isQuestion = (frame: Frame) => frame.kind === 'event' && frame.data.includes('elicitation/create');
    const asked = stream.request('call', 'tools/call', { name: 'ask', arguments: { question: 'why?' } });
    await stream.find(isQuestion);
    const question = stream.messages().find(({ method }) => method === 'elicitation/create');
    expect(question?.params).toMatchObject({ message: 'why?' });
    await stream.post({ jsonrpc: '2.0', id: question?.id, result: { action: 'accept', content: { answer: '42' } } });
    expect((await asked).result?.structuredContent).toEqual({ action: 'accept', answer: '42' });
});

test('a cancelled request is told, and is in flight no longer', async () => {
    let session: SseSession | undefined;
    const connect = (opened: SseSession) => {
        session = opened;
        return createServer();
    };
    await using server = await startSse({ createServer: connect });
    await using client = await connectClient(server.sseUrl);
    const controller = new AbortController();
    const call = client.callTool({ name: 'wait' }, undefined, { signal: controller.signal });
    await expect.poll(() => session?.inFlight).toBe(1);
    controller.abort('enough');
    await expect(call).rejects.toThrow('enough');
    await expect.poll(() => session?.inFlight).toBe(0);
});

test('a result that cannot be written as JSON is an error reply, not silence', async () => {
    await using server = await startSse({ createServer });
    await using stream = await openStream(server.sseUrl);
    const reply = await stream.request(1, 'tools/call', { name: 'unwritable' });
    expect(reply).toMatchObject({ id: 1, error: { code: -32603 } });
});

test('a session answers only to the credential that opened it', async () => {
    await using server = await startSse({ createServer });
    const alice = { Authorization: 'Bearer alice' };
    const stream = await openStream(server.sseUrl, alice);
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const json = { 'Content-Type': 'application/json' };
    for (const stranger of [{}, { Authorization: 'Bearer mallory' }]) {
        const { status, body } = await stream.post(ping, { ...json, ...stranger });
        expect([status, JSON.parse(body).error.message]).toEqual([404, 'Session not found']);
        await using fresh = await openStream(server.sseUrl, { ...stranger, 'Last-Event-ID': stream.lastEventId });
        expect(fresh.sessionId).not.toBe(stream.sessionId);
    }
    expect((await stream.post(ping, { ...json, ...alice })).status).toBe(202);
    stream.cut();
    await using resumed = await stream.resume();
    expect(resumed.sessionId).toBe(stream.sessionId);
});

test('the operator is told what happens, in order', async () => {
    const { happened, observer } = createRecorder();
    const clock = createManualClock();
    await using server = await startSse({ createServer, observer, clock, limits: UNDISTURBED });
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
        'refused not-json-rpc',
        'dropped disconnected',
        'closed not-resumed'
    ]);
    expect([server.sessions.size, server.sessions.openStreams, clock.pending]).toEqual([0, 0, 0]);
});

test('heartbeats come after silence only, and idleness ends a session on time', async () => {
    const clock = createManualClock();
    const { happened, observer } = createRecorder();
    const limits = { heartbeatMs: 15_000, sessionIdleMs: 60_000 };
    await using server = await startSse({ createServer, observer, clock, limits });
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
});

test('closing twice tells once, and what is said afterwards is dropped in silence', async () => {
    const servers: McpServer[] = [];
    const make = () => {
        const server = createServer();
        servers.push(server);
        return server;
    };
    const { happened, observer } = createRecorder();
    await using fixture = await startSse({ createServer: make, observer });
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

test('a server that cannot be made is 500 without its reasons, and leaves nothing behind', async () => {
    const { happened, observer } = createRecorder();
    const fail = () => {
        throw new Error('the database password is hunter2');
    };
    await using server = await startSse({ createServer: fail, observer });
    await expect(openStream(server.sseUrl)).rejects.toThrow('500');
    expect(happened).toEqual(['failed the database password is hunter2', 'closed failed', 'refused failed']);
    expect(server.sessions.size).toBe(0);
});

test('one server for two sessions is refused by the SDK and shows as a failure', async () => {
    const { happened, observer } = createRecorder();
    const shared = createServer();
    await using server = await startSse({ createServer: () => shared, observer });
    await using first = await openStream(server.sseUrl);
    await expect(openStream(server.sseUrl)).rejects.toThrow('500');
    expect(happened).toContainEqual(expect.stringMatching(/^failed Already connected to a transport/));
    expect(await first.request(1, 'ping')).toMatchObject({ id: 1 });
});

test('more than is kept for an absent client ends the session at once, and the operator is told', async () => {
    const { happened, observer } = createRecorder();
    await using server = await startSse({ createServer, observer, limits: { maxBufferedBytes: 1000 } });
    const stream = await openStream(server.sseUrl);
    stream.cut();
    await stream.ended;
    const statuses: number[] = [];
    for (let id = 1; id <= 30; id++) statuses.push((await stream.post({ jsonrpc: '2.0', id, method: 'ping' })).status);
    expect(new Set(statuses)).toEqual(new Set([202, 404]));
    const told = happened.filter(what => !what.startsWith('refused'));
    expect(told.slice(-2)).toEqual([expect.stringMatching(/^evicted \d+$/), 'closed replay-lost']);
    expect(server.sessions.size).toBe(0);
    await using fresh = await stream.resume();
    expect(fresh.sessionId).not.toBe(stream.sessionId);
});

test('draining waits for answers in flight, also for a client that is just reconnecting', async () => {
    const { happened, observer } = createRecorder();
    const clock = createManualClock();
    await using server = await startSse({ createServer, observer, clock, limits: UNDISTURBED });
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
