import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMcp, openStream, send, startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { afterAll, beforeAll, expect } from 'vitest';
import { holderOf, openAtEach, type RunningWorkers, runWorkers } from './run-workers.ts';

const WORKERS = 2;
const RATE = 120;

let api: Awaited<ReturnType<typeof startJokeApi>>;
let server: RunningWorkers;
let folder: string;

// To start the processes takes longer than all of these tests, which share them. The last test stops them.
beforeAll(async () => {
    api = await startJokeApi('hangs');
    folder = mkdtempSync(join(tmpdir(), 'workers-test-'));
    server = await runWorkers(WORKERS, {
        ...api.env,
        TMPDIR: folder,
        // Tests are different clients by the address that they name.
        TRUST_PROXY: '1',
        ALLOW_UNAUTHENTICATED: 'true',
        RATE_LIMIT: `${RATE}/minute`
    });
});
afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
});

proves(['workers.any'], 'a stream resumes through any worker, without a gap and without a message twice', async () => {
    await using first = await openStream(`${server.url}/sse`);
    await first.initialize();
    let stream = first;
    const seen: unknown[] = [];
    for (let round = 1; round <= 4; round++) {
        await stream.request(round, 'ping');
        stream.cut();
        await stream.ended;
        // Answered while the client is away.
        expect((await stream.post({ jsonrpc: '2.0', id: `away ${round}`, method: 'ping' })).status).toBe(202);
        seen.push(...stream.messages().map(({ id }) => id));
        const next = await stream.resume();
        expect(next.sessionId).toBe(first.sessionId);
        await next.findReply(`away ${round}`);
        stream = next;
    }
    stream.cut();
    seen.push(...stream.messages().map(({ id }) => id));
    expect(seen).toEqual(['initialize', 1, 'away 1', 2, 'away 2', 3, 'away 3', 4, 'away 4']);
});

proves(['workers.any'], 'each method of /mcp reaches the session', async () => {
    await using session = await openMcp(`${server.url}/mcp`);
    for (let id = 1; id <= 6; id++) expect(await session.request(id, 'ping')).toMatchObject({ id, result: {} });
    const push = await session.open();
    await session.request('subscribe', 'resources/subscribe', { uri: 'clock://now' });
    await push.find(frame => frame.kind === 'event' && frame.data.includes('notifications/resources/updated'));
    push.cut();
    const resumed = await session.open(push.lastEventId);
    await resumed.find(frame => frame.kind === 'event' && frame.data.includes('notifications/resources/updated'));
    expect((await session.delete()).status).toBe(204);
    await resumed.ended;
    for (let time = 0; time < 3; time++) {
        const { status, body } = await session.post({ jsonrpc: '2.0', id: time, method: 'ping' });
        expect([status, JSON.parse(body)]).toMatchObject([404, { error: { message: 'Session not found' } }]);
    }
});

proves(['workers.ended'], 'the sessions of a killed worker end with that reason, and all others continue', async () => {
    const streams = await openAtEach(WORKERS, () => openStream(`${server.url}/sse`));
    const sessions = await openAtEach(WORKERS, () => openMcp(`${server.url}/mcp`));
    const victim = holderOf(streams[0]?.sessionId ?? '');
    const isLost = ({ sessionId }: { sessionId: string }) => holderOf(sessionId) === victim;
    const mcp = sessions.find(isLost);
    process.kill(server.pidOf(victim), 'SIGKILL');
    await Promise.all(streams.filter(isLost).map(({ ended }) => ended));

    const reason = { code: -32001, message: expect.stringMatching(/the process that held it has ended/) };
    for (const stream of streams) {
        const { status, body } = await stream.post({ jsonrpc: '2.0', id: 1, method: 'ping' });
        if (!isLost(stream)) expect(await stream.findReply(1)).toMatchObject({ result: {} });
        else expect([status, JSON.parse(body)]).toMatchObject([404, { error: reason }]);
    }
    const answer = await mcp?.post({ jsonrpc: '2.0', id: 1, method: 'ping' });
    expect([answer?.status, JSON.parse(String(answer?.body))]).toMatchObject([404, { error: reason }]);
    await using fresh = await streams.find(isLost)?.resume();
    expect(fresh?.sessionId).not.toBe(streams[0]?.sessionId);

    await server.logged(/a worker has ended, and its sessions with it[\s\S]*worker started/);
    const more = await openAtEach(WORKERS, () => openStream(`${server.url}/sse`));
    expect(more.map(({ sessionId }) => holderOf(sessionId))).toContain(WORKERS + 1);
    for (const { cut } of [...streams, ...more]) cut();
});

proves(['workers.hangs'], 'a session whose worker hangs gets 503 with Retry-After, and continues later', async () => {
    const streams = await openAtEach(WORKERS, () => openStream(`${server.url}/sse`));
    const sessions = await openAtEach(WORKERS, () => openMcp(`${server.url}/mcp`));
    const [stream] = streams;
    const held = holderOf(stream?.sessionId ?? '');
    const session = sessions.find(({ sessionId }) => holderOf(sessionId) === held);
    process.kill(server.pidOf(held), 'SIGSTOP');
    try {
        const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
        const health = send(`${server.url}/health`);
        const answers = await Promise.all([stream?.post(ping), session?.post(ping)]);
        for (const answer of answers) {
            expect([answer?.status, answer?.headers['retry-after']]).toEqual([503, '1']);
            expect(JSON.parse(String(answer?.body)).error.message).toMatch(/does not answer.*try again later/);
        }
        expect((await health).status).toBe(200);
    } finally {
        process.kill(server.pidOf(held), 'SIGCONT');
    }
    expect(await stream?.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
    expect(await session?.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
    for (const { cut } of streams) cut();
});

const countStreams = async () => JSON.parse((await send(`${server.url}/health`)).body).connections;
const metric = async (name: string) => {
    const { body } = await send(`${server.url}/metrics`);
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1]);
};

proves(['workers.totals'], '/health and /metrics count the streams of all workers', async () => {
    await expect.poll(countStreams).toBe(0);
    const streams = await openAtEach(WORKERS, () => openStream(`${server.url}/sse`));
    await expect.poll(countStreams).toBe(streams.length);
    await expect.poll(() => metric('mcp_streams_open')).toBe(streams.length);
    for (const { cut } of streams) cut();
    await expect.poll(countStreams).toBe(0);
});

proves(['workers.limits'], 'RATE_LIMIT counts the requests at all workers', async () => {
    const headers = { 'X-Forwarded-For': '203.0.113.3' };
    const head = async () => (await send(`${server.url}/sse`, { method: 'HEAD', headers })).status;
    const burst = await Promise.all(Array.from({ length: RATE + 10 }, head));
    const passed = burst.filter(status => status === 200).length;
    expect(passed).toBeLessThanOrEqual(RATE);
    // A few permits may be left at workers that were not asked again.
    expect(passed).toBeGreaterThan(RATE * 0.8);
    expect(await send(`${server.url}/sse`, { method: 'HEAD' })).toMatchObject({ status: 200 });
});

proves(['workers.limits'], 'RATE_LIMIT counts at each worker while the first process hangs', async () => {
    const headers = { 'X-Forwarded-For': '203.0.113.4' };
    const head = async () => (await send(`${server.url}/sse`, { method: 'HEAD', headers })).status;
    server.kill('SIGSTOP');
    try {
        const burst = await Promise.all(Array.from({ length: WORKERS * RATE + 1 }, head));
        const passed = burst.filter(status => status === 200).length;
        expect(passed).toBeGreaterThanOrEqual(RATE);
        expect(passed).toBeLessThanOrEqual(WORKERS * RATE);
    } finally {
        server.kill('SIGCONT');
    }
    expect(await send(`${server.url}/sse`, { method: 'HEAD' })).toMatchObject({ status: 200 });
});

proves(['workers.private'], 'only the user of the server can reach the sockets of the workers', async () => {
    const [name = ''] = readdirSync(folder);
    const mode = (path: string) => statSync(join(folder, path)).mode & 0o777;
    expect(mode(name)).toBe(0o700);
    const sockets = readdirSync(join(folder, name));
    expect(sockets).toHaveLength(WORKERS);
    expect(sockets.map(socket => mode(join(name, socket)))).toEqual([0o600, 0o600]);
});

proves(
    ['workers.stop', 'workers.private'],
    'SIGTERM: each call in flight is answered through whichever worker, exit 0',
    async () => {
        const streams = await openAtEach(WORKERS, () => openStream(`${server.url}/sse`));
        const moved = await Promise.all(
            streams.map(async stream => {
                stream.cut();
                return stream.resume();
            })
        );
        const joke = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'random-joke' } });
        const posts = moved.flatMap(stream => [1, 2, 3].map(id => stream.post(joke(id))));
        for (const { status } of await Promise.all(posts)) expect(status).toBe(202);
        await expect.poll(() => api.hanging).toBe(posts.length);
        server.kill('SIGTERM');
        await expect.poll(async () => (await send(`${server.url}/ready`)).status).toBe(503);
        api.answer();
        await Promise.all(moved.map(({ ended }) => ended));
        for (const stream of moved) {
            expect(stream.messages().map(({ id }) => id)).toHaveLength(3);
        }
        expect(await server.ended).toMatchObject({ code: 0 });
        expect(readdirSync(folder)).toEqual([]);
    }
);
