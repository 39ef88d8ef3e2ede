import {
    openMcp,
    openStream,
    type RawStream,
    runNode,
    send,
    serverMain,
    startServer,
    type TestServer
} from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect, test } from 'vitest';

const TEACHING_FAULTS = 'true';
const JSON_HEADERS = { 'Content-Type': 'application/json' };

/** Asks for a fault, as the page would; tells the status and what the answer says. */
async function cause(server: TestServer, fault: string, body: object, headers: Record<string, string> = {}) {
    const { status, body: text } = await send(`${server.url}/faults/${fault}`, {
        method: 'POST',
        headers: { ...JSON_HEADERS, ...headers },
        body: JSON.stringify(body)
    });
    return { status, answer: JSON.parse(text) };
}

const echo = (id: number) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'echo', arguments: { message: `echo ${id}` } }
});

const idsOf = (stream: RawStream) => stream.messages().map(({ id }) => id);

proves(
    ['faults.off', 'life.bad-config'],
    'faults are off unless TEACHING_FAULTS is set, which a public server refuses',
    async () => {
        await using server = await startServer();
        await using stream = await openStream(server.sseUrl);
        const { sessionId } = stream;
        for (const fault of ['drop', 'stall', 'outage', 'forget']) {
            expect(await cause(server, fault, { sessionId, ms: 1 })).toMatchObject({
                status: 404,
                answer: { error: { code: -32600 } }
            });
        }
        expect(await stream.request(1, 'ping')).toMatchObject({ result: {} });
        await using refused = runNode(serverMain, [], {
            PORT: '0',
            HOST: '0.0.0.0',
            MCP_AUTH_TOKEN: 'a',
            TEACHING_FAULTS
        });
        const { code, stdout, stderr } = await refused.ended;
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toMatch(/^TEACHING_FAULTS=true is for this machine only; .*\n$/);
    }
);

proves(['faults.access'], 'POST /faults requires a valid body and a session of the same client', async () => {
    await using server = await startServer({ TEACHING_FAULTS, MCP_AUTH_TOKEN: 'alice,bob' });
    const alice = { Authorization: 'Bearer alice' };
    await using stream = await openStream(server.sseUrl, alice);
    const { sessionId } = stream;
    const statusOf = async (fault: string, body: object, headers: Record<string, string>) =>
        (await cause(server, fault, body, headers)).status;

    expect(await statusOf('drop', { sessionId }, {})).toBe(401);
    expect(await statusOf('drop', { sessionId }, { Authorization: 'Bearer bob' })).toBe(404);
    expect(await statusOf('drop', { sessionId: sessionId.replace(/^./, 'x') }, alice)).toBe(404);
    expect(await statusOf('drop', { sessionId }, { ...alice, Origin: 'https://evil.example' })).toBe(403);
    for (const body of [{}, { sessionId: 7 }, { sessionId, ms: 0 }, { sessionId, ms: 60_001 }, { sessionId }]) {
        expect(await cause(server, 'stall', body, alice)).toMatchObject({
            status: 400,
            answer: { error: { code: -32600, message: expect.stringContaining('"sessionId"') } }
        });
    }
    const asked = await send(`${server.url}/faults/drop`, { headers: alice });
    expect([asked.status, asked.headers.allow]).toEqual([405, 'POST']);
    expect(await statusOf('__proto__', { sessionId }, alice)).toBe(404);
    await stream.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, { ...JSON_HEADERS, ...alice });
    expect(await stream.findReply(1)).toMatchObject({ result: {} });
});

proves(['faults.drop'], 'fault drop: the stream can be resumed, and nothing is lost', async () => {
    await using server = await startServer({ TEACHING_FAULTS });
    await using stream = await openStream(server.sseUrl);
    await using other = await openStream(server.sseUrl);
    const { sessionId } = stream;
    expect(await cause(server, 'drop', { sessionId })).toEqual({ status: 200, answer: { done: true } });
    await stream.ended;
    expect((await stream.post(echo(1))).status).toBe(202);
    await using resumed = await stream.resume();
    expect(resumed.sessionId).toBe(sessionId);
    await resumed.findReply(1);
    // The stream that came after can be dropped as well.
    await cause(server, 'drop', { sessionId });
    await resumed.ended;
    expect(await other.request(1, 'ping')).toMatchObject({ result: {} });
});

proves(['faults.stall'], 'fault stall: the stream pauses, and then sends everything in order', async () => {
    await using server = await startServer({ TEACHING_FAULTS });
    await using stream = await openStream(server.sseUrl);
    await using other = await openStream(server.sseUrl);
    const before = performance.now();
    await cause(server, 'stall', { sessionId: stream.sessionId, ms: 1000 });
    for (const id of [1, 2, 3]) expect((await stream.post(echo(id))).status).toBe(202);
    // Others are answered meanwhile.
    await other.request(1, 'ping');
    expect(idsOf(stream)).toEqual([]);
    await stream.findReply(3);
    expect(performance.now() - before).toBeGreaterThanOrEqual(990);
    expect(idsOf(stream)).toEqual([1, 2, 3]);
});

proves(
    ['faults.stall', 'stream.slow-reader'],
    'fault stall: a stream that pauses for too long is closed as that of a slow client',
    async () => {
        await using server = await startServer({ TEACHING_FAULTS, MAX_BUFFERED_BYTES: '65536' });
        await using stream = await openStream(server.sseUrl);
        await cause(server, 'stall', { sessionId: stream.sessionId, ms: 60_000 });
        const message = 'x'.repeat(50_000);
        for (let id = 1; id <= 8; id++) {
            await stream.post({ ...echo(id), params: { name: 'echo', arguments: { message } } });
        }
        await stream.ended;
        const { body } = await send(`${server.url}/metrics`);
        expect(body).toMatch(/reason="slow-reader"\} 1/);
    }
);

proves(['faults.outage'], 'fault offline: no request of the session is answered until the fault is over', async () => {
    await using server = await startServer({ TEACHING_FAULTS });
    await using stream = await openStream(server.sseUrl);
    await using other = await openStream(server.sseUrl);
    const { sessionId } = stream;
    await stream.post(echo(1));
    await stream.findReply(1);
    await cause(server, 'outage', { sessionId, ms: 500 });
    await stream.ended;
    await expect(stream.post(echo(2))).rejects.toThrow(/hang up|ECONNRESET/);
    await expect(stream.resume()).rejects.toThrow(/hang up|ECONNRESET/);
    expect(await other.request(1, 'ping')).toMatchObject({ result: {} });
    const isBack = () =>
        stream.post(echo(3)).then(
            ({ status }) => status,
            () => 'broken off'
        );
    await expect.poll(isBack).toBe(202);
    await using resumed = await stream.resume();
    await resumed.findReply(3);
    expect(idsOf(resumed)).toEqual([3]);
});

proves(['faults.forget'], 'fault forget: the session becomes unknown, and its client gets a new one', async () => {
    await using server = await startServer({ TEACHING_FAULTS });
    await using stream = await openStream(server.sseUrl);
    const { sessionId } = stream;
    await cause(server, 'forget', { sessionId });
    await stream.ended;
    expect(await stream.post(echo(1))).toMatchObject({ status: 404, body: expect.stringContaining('-32001') });
    expect((await cause(server, 'forget', { sessionId })).status).toBe(404);
    await using fresh = await stream.resume();
    expect(fresh.sessionId).not.toBe(sessionId);
});

proves(
    ['faults.drop', 'faults.outage', 'faults.forget'],
    'faults break all streams of a session on /mcp, its requests, and the session',
    async () => {
        await using server = await startServer({ TEACHING_FAULTS });
        await using client = await openMcp(server.mcpUrl);
        const { sessionId } = client;
        const stream = await client.open();
        await cause(server, 'drop', { sessionId });
        await stream.ended;
        expect(await client.request(1, 'ping')).toMatchObject({ result: {} });

        await cause(server, 'outage', { sessionId, ms: 300 });
        await expect(client.request(2, 'ping')).rejects.toThrow(/hang up|ECONNRESET/);
        const isBack = () => client.request(3, 'ping').catch(() => undefined);
        await expect.poll(isBack).toMatchObject({ result: {} });

        await cause(server, 'forget', { sessionId });
        expect((await client.get()).status).toBe(404);
    }
);

test('the page learns whether faults are available', async () => {
    await using teaching = await startServer({ TEACHING_FAULTS });
    expect(JSON.parse((await send(`${teaching.url}/login`)).body)).toEqual({
        tokenWanted: false,
        signedIn: true,
        faults: true
    });
});
