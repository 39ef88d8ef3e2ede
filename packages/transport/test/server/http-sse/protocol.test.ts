import {
    connectClient,
    createServer,
    type Frame,
    openStream,
    parseBody,
    serveTransport
} from '@calc/test-helpers/wire';
import type { SessionInfo } from '@calc/transport/server';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, test } from 'vitest';

test('progress, request info and the session reach tools and clients as with the SDK’s own transport', async () => {
    // The SDK's client drops progress that it reads together with the reply, so the reply waits here.
    let tellSeen = () => {};
    const progressSeen = new Promise<void>(resolve => {
        tellSeen = resolve;
    });
    await using server = await serveTransport({ createServer: session => createServer(session, progressSeen) });
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

test('elicitation: the request reaches the client, and its answer the tool', async () => {
    await using server = await serveTransport({ createServer });
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

test('notifications/cancelled reaches the tool, and its request no longer counts as in flight', async () => {
    let session: SessionInfo | undefined;
    const connect = (opened: SessionInfo) => {
        session = opened;
        return createServer();
    };
    await using server = await serveTransport({ createServer: connect });
    await using client = await connectClient(server.sseUrl);
    const controller = new AbortController();
    const call = client.callTool({ name: 'wait' }, undefined, { signal: controller.signal });
    await expect.poll(() => session?.inFlight).toBe(1);
    controller.abort('enough');
    await expect(call).rejects.toThrow('enough');
    await expect.poll(() => session?.inFlight).toBe(0);
});

test('a result that cannot be serialized as JSON becomes an error reply', async () => {
    await using server = await serveTransport({ createServer });
    await using stream = await openStream(server.sseUrl);
    const reply = await stream.request(1, 'tools/call', { name: 'unwritable' });
    expect(reply).toMatchObject({ id: 1, error: { code: -32603 } });
});

test('a session answers only to the credential that opened it', async () => {
    await using server = await serveTransport({ createServer });
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

function nest(levels: number): unknown {
    return levels === 0 ? 0 : { a: nest(levels - 1) };
}

test('a body that middleware has parsed is checked against the same limits', async () => {
    await using server = await serveTransport({ createServer, middleware: parseBody });
    await using stream = await openStream(server.sseUrl);
    expect(await stream.request(1, 'ping')).toMatchObject({ id: 1, result: {} });
    expect((await stream.post([])).status).toBe(400);
    const refused = await stream.post({ jsonrpc: '2.0', id: 2, method: 'ping', params: nest(65) });
    expect(JSON.parse(refused.body).error.message).toContain('64 levels');
});

test('a server that is not made by the SDK gets its messages', async () => {
    const createEchoServer = () => ({
        async connect(transport: Transport) {
            transport.onmessage = message => {
                if ('id' in message && 'method' in message) {
                    void transport.send({ jsonrpc: '2.0', id: message.id, result: { method: message.method } });
                }
            };
            await transport.start();
        }
    });
    await using server = await serveTransport({ createServer: createEchoServer });
    await using stream = await openStream(server.sseUrl);
    expect(await stream.request(1, 'anything')).toEqual({ jsonrpc: '2.0', id: 1, result: { method: 'anything' } });
});
