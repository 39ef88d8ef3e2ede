import { connect } from 'node:net';
import {
    openMcp,
    openStream,
    type RawStream,
    type RedisProcess,
    redisPath,
    runRedis,
    send,
    startJokeApi,
    type TestServer
} from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { JSON_TYPE } from '../../../helpers/credentials.ts';
import { startMember, startRoundRobin } from './two-processes.ts';

const HEARTBEAT_MS = '50';

const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });
const joke = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'random-joke' } });
const idsOf = (stream: RawStream) => stream.messages().map(({ id }) => id);

/** Sends a message of that session to this process. */
const postTo = ({ url }: TestServer, { sessionId }: RawStream, message: object) =>
    send(`${url}/messages?sessionId=${sessionId}`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify(message)
    });
const resumeAt = ({ sseUrl }: TestServer, { lastEventId }: RawStream) =>
    openStream(sseUrl, { 'Last-Event-ID': lastEventId });

describe.skipIf(!redisPath)('several processes with REDIS_URL', () => {
    let redis: RedisProcess;
    beforeAll(async () => {
        redis = await runRedis();
    });
    afterAll(() => redis?.[Symbol.asyncDispose]());

    proves(['redis.any'], 'requests of /sse and /messages are spread over two processes', async () => {
        await using first = await startMember(redis, 1);
        await using second = await startMember(redis, 1);
        await using balancer = await startRoundRobin([first, second]);
        await using stream = await openStream(`${balancer.url}/sse`);
        await stream.initialize();
        for (let id = 1; id <= 4; id++) expect(await stream.request(id, 'ping')).toMatchObject({ id, result: {} });
        stream.cut();
        await stream.ended;
        for (const id of [5, 6]) expect((await stream.post(ping(id))).status).toBe(202);
        await using resumed = await stream.resume();
        expect(resumed.sessionId).toBe(stream.sessionId);
        await resumed.findReply(6);
        await resumed.request(7, 'ping');
        expect([...idsOf(stream), ...idsOf(resumed)]).toEqual(['initialize', 1, 2, 3, 4, 5, 6, 7]);
        await resumed.request('subscribe', 'resources/subscribe', { uri: 'clock://now' });
        await resumed.find(frame => frame.kind === 'event' && frame.data.includes('notifications/resources/updated'));
    });

    proves(['redis.any'], 'requests of a session on /mcp are spread over two processes', async () => {
        await using first = await startMember(redis, 2);
        await using second = await startMember(redis, 2);
        await using balancer = await startRoundRobin([first, second]);
        await using session = await openMcp(`${balancer.url}/mcp`);
        for (let id = 1; id <= 4; id++) expect(await session.request(id, 'ping')).toMatchObject({ id, result: {} });
        const push = await session.open();
        await session.request('subscribe', 'resources/subscribe', { uri: 'clock://now' });
        const isUpdate = (frame: { kind: string; data?: string }) => Boolean(frame.data?.includes('resources/updated'));
        await push.find(isUpdate);
        push.cut();
        await push.ended;
        await (await session.open(push.lastEventId)).find(isUpdate);
        expect((await session.delete()).status).toBe(204);
        for (const id of [1, 2]) expect((await session.post(ping(id))).status).toBe(404);
    });

    proves(['redis.limits'], 'MAX_SESSIONS counts the sessions of all processes', async () => {
        await using first = await startMember(redis, 3, { MAX_SESSIONS: '2' });
        await using second = await startMember(redis, 3, { MAX_SESSIONS: '2' });
        await using one = await openStream(first.sseUrl);
        await using other = await openStream(second.sseUrl);
        expect(one.sessionId).not.toBe(other.sessionId);
        for (const { sseUrl } of [first, second]) expect((await send(sseUrl)).status).toBe(503);
    });

    proves(['redis.metrics'], 'each process counts its own streams, and Redis keeps the messages', async () => {
        await using first = await startMember(redis, 8);
        await using second = await startMember(redis, 8);
        await using stream = await openStream(first.sseUrl);
        await postTo(second, stream, ping(1));
        await stream.findReply(1);
        for (const [{ url }, streams] of [
            [first, 1],
            [second, 0]
        ] as const) {
            expect(JSON.parse((await send(`${url}/health`)).body)).toMatchObject({ connections: streams });
            const metrics = (await send(`${url}/metrics`)).body;
            expect(metrics).toMatch(new RegExp(`^mcp_streams_open ${streams}$`, 'm'));
            expect(metrics).toMatch(/^mcp_buffered_bytes 0$/m);
        }
    });

    proves(['redis.away'], 'without Redis new work is 503, streams stay open, and resuming waits', async () => {
        await using server = await startMember(redis, 4, { HEARTBEAT_MS });
        await using stream = await openStream(server.sseUrl);
        await using dropped = await openStream(server.sseUrl);
        await stream.request(1, 'ping');
        dropped.cut();
        await dropped.ended;
        server.redis.cut();
        const refused = async () => {
            const { status, headers } = await postTo(server, stream, ping(2));
            return [status, headers['retry-after']];
        };
        await expect.poll(refused).toEqual([503, '1']);
        expect((await send(server.sseUrl)).status).toBe(503);
        const mcp = { method: 'POST', headers: { ...JSON_TYPE, Accept: 'application/json, text/event-stream' } };
        const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
        expect((await send(server.mcpUrl, { ...mcp, body })).status).toBe(503);
        const heartbeats = ({ frames }: RawStream) => frames.filter(({ kind }) => kind === 'comment').length;
        const before = heartbeats(stream);
        await expect.poll(() => heartbeats(stream)).toBeGreaterThan(before + 1);

        const resuming = resumeAt(server, dropped);
        server.redis.restore();
        await using resumed = await resuming;
        expect(resumed.sessionId).toBe(dropped.sessionId);
        await expect.poll(async () => (await postTo(server, stream, ping(3))).status).toBe(202);
        await stream.findReply(3);
        await resumed.request(1, 'ping');
    });

    proves(
        ['redis.takeover', 'redis.accepted'],
        'a process without Redis is replaced: its calls are answered once, by another',
        async () => {
            await using api = await startJokeApi('hangs');
            await using owner = await startMember(redis, 5, api.env);
            await using other = await startMember(redis, 5, api.env);
            await using stream = await openStream(owner.sseUrl);
            await stream.initialize();
            expect((await stream.post(joke(1))).status).toBe(202);
            await api.asked;
            owner.redis.cut();
            stream.cut();
            await using resumed = await resumeAt(other, stream);
            expect(resumed.sessionId).toBe(stream.sessionId);
            expect((await postTo(other, stream, joke(2))).status).toBe(202);
            const replies = () => {
                // The former owner may still run the first call.
                api.answer();
                return idsOf(resumed).toSorted();
            };
            await expect.poll(replies).toEqual([1, 2]);
            expect(resumed.messages()).toMatchObject([{ result: {} }, { result: {} }]);
            const { body } = await send(`${other.url}/metrics`);
            expect(body).toMatch(/^mcp_sessions_total\{event="taken-over",transport="sse"\} 1$/m);
            owner.redis.restore();
            await resumed.request(3, 'ping');
            expect(idsOf(resumed).toSorted()).toEqual([1, 2, 3]);
        }
    );

    proves(['redis.stop'], 'a process that stops answers its calls, and others continue its sessions', async () => {
        await using api = await startJokeApi('hangs');
        const env = { ...api.env, SHUTDOWN_TIMEOUT_MS: '10000' };
        await using owner = await startMember(redis, 6, env);
        await using other = await startMember(redis, 6, env);
        await using stream = await openStream(owner.sseUrl);
        await stream.initialize();
        await stream.post(joke(1));
        await api.asked;
        const closed = owner.close();
        await stream.ended;
        await expect(send(`${owner.url}/ready`)).rejects.toThrow('ECONNREFUSED');
        await using resumed = await resumeAt(other, stream);
        expect(resumed.sessionId).toBe(stream.sessionId);
        api.answer();
        expect(await resumed.findReply(1)).toMatchObject({ result: {} });
        await closed;
        await resumed.request(2, 'ping');
        expect(idsOf(resumed)).toEqual([1, 2]);
    });

    proves(['redis.lost'], 'the sessions of a Redis that was emptied end', async () => {
        await using server = await startMember(redis, 7);
        await using stream = await openStream(server.sseUrl);
        await stream.initialize();
        connect(redis.port, '127.0.0.1').end('FLUSHALL\r\n');
        await stream.ended;
        await expect.poll(async () => (await postTo(server, stream, ping(1))).status).toBe(404);
        const { body } = await send(`${server.url}/metrics`);
        expect(body).toMatch(/^mcp_sessions_closed_total\{reason="data-lost"\} 1$/m);
        await using fresh = await stream.resume();
        expect(fresh.sessionId).not.toBe(stream.sessionId);
        await fresh.request(1, 'ping');
    });
});
