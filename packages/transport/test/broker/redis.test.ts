import { randomUUID } from 'node:crypto';
import { type RedisProcess, redisPath, runRedis, startTcpProxy } from '@calc/test-helpers/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedisBroker } from '../../src/redis/index.ts';
import { openAnswered } from './describe/bytes.ts';
import { CREDENTIAL, connectAdmin, LIMITS, openSession, toMakeRedisHub, toPost } from './test-hub.ts';
import { writeInTurn } from './two-writers.ts';
import { persist } from './worker.ts';

let redis: RedisProcess;
const makeHub = toMakeRedisHub(() => redis);

beforeAll(async () => {
    if (redisPath) redis = await runRedis();
});

afterAll(() => redis?.[Symbol.asyncDispose]());

type Admin = Awaited<ReturnType<typeof connectAdmin>>;

/** How many commands of brokers Redis has run since `CONFIG RESETSTAT`: those in scripts are not counted. */
async function countCommands(admin: Admin): Promise<number> {
    const stats = await admin.info('commandstats');
    const counts = [...stats.matchAll(/^cmdstat_(?:evalsha|eval):calls=(\d+)/gm)].map(([, calls]) => Number(calls));
    return counts.reduce((sum, calls) => sum + calls, 0);
}

describe.skipIf(!redisPath)('a broker on Redis', () => {
    test('a call costs two commands where the owner accepts it, and two more where it crosses processes', async () => {
        await using hub = await makeHub();
        using admin = await connectAdmin(redis.url);
        const [owner, other] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await owner.broker.hold(id, 0);
        const answerTwice = async (expected: number, call: () => Promise<unknown>) => {
            // The first time, Redis may not know the scripts.
            await call();
            await admin.configResetStat();
            await call();
            expect(await countCommands(admin)).toBe(expected);
        };
        let number = 0;
        await answerTwice(2, async () => {
            await owner.broker.accept(id, CREDENTIAL, toPost(++number));
            await owner.broker.append(id, 1, { stream: 0, json: 'answer', settles: number });
        });
        await other.broker.hold(id, 0);
        await answerTwice(4, async () => {
            await other.broker.accept(id, CREDENTIAL, toPost(++number));
            await owner.woken(id, 'inbox');
            await owner.broker.takeInbox(id, 1, number - 1);
            const position = await owner.broker.append(id, 1, { stream: 0, json: 'answer', settles: number });
            await other.woken(id, 'events', 0);
            await other.broker.read(id, 0, Number(position) - 1, 10);
        });
        await answerTwice(1, () => other.broker.accept(randomUUID(), CREDENTIAL, toPost(1)));
        await answerTwice(1, () => other.broker.accept(id, 'another', toPost(1)));
        await answerTwice(1, () => other.broker.read(id, 0, 1e15, 10));
    });

    test('a process has two connections, every key expires, and none but a reason is left after the sessions', async () => {
        using admin = await connectAdmin(redis.url);
        {
            await using hub = await makeHub();
            const before = (await admin.clientList()).length;
            const [owner, other] = [await hub.join(), await hub.join()];
            const ids = [await openSession(owner), await openSession(owner), await openSession(other)];
            for (const id of ids) {
                await other.broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
                await other.broker.accept(id, CREDENTIAL, toPost(2));
                await other.broker.hold(id, 0);
            }
            await owner.broker.append(ids[0] as string, 1, { stream: 0, json: '{}' });
            await owner.broker.append(ids[0] as string, 1, { stream: 1, json: '{}', settles: 1 });
            expect((await admin.clientList()).length - before).toBe(4);
            const keys = await admin.keys('*');
            expect(keys.length).toBeGreaterThan(ids.length * 3);
            expect(keys.filter(key => !key.startsWith('calc:1:'))).toEqual([]);
            for (const key of keys) expect(`${key} ${(await admin.pTTL(key)) > 0}`).toBe(`${key} true`);
            for (const id of ids) await other.broker.end(id, 'test');
            expect(await admin.keys('*:out:0')).toEqual([]);
        }
        const left = await admin.keys('*');
        // Of the answered POST, for as long as it would have been remembered.
        expect(left.filter(key => !/:ended$|:out:1$/.test(key))).toEqual([]);
    });

    test('above maxBytes, streams that have ended are dropped first, and the bytes are counted right', async () => {
        await using hub = await makeHub({ maxBytes: 100, maxEvents: 2 });
        using admin = await connectAdmin(redis.url);
        const process = await hub.join();
        const id = await openAnswered(process);
        const append = (stream: number, bytes: number, settles?: number) =>
            process.broker.append(id, 1, { stream, json: 'b'.repeat(bytes), ...(settles && { settles }) });
        await append(0, 40);
        expect(await process.broker.read(id, 1, 0, 10)).toMatchObject({ ended: true });
        await append(0, 10);
        expect(await process.broker.read(id, 1, 0, 10)).toBe('trimmed');
        expect(await process.broker.read(id, 0, 0, 10)).toMatchObject({ last: 2 });
        await append(0, 20);
        await process.broker.accept(id, CREDENTIAL, toPost(2, 'second', '', true));
        await append(2, 30);
        await append(2, 7, 2);
        // Those that their holder has still to read do not count.
        const holder = await hub.join();
        for (const request of [3, 4])
            await holder.broker.accept(id, CREDENTIAL, toPost(request, `${request}`, '', true));
        await process.broker.append(id, 1, { stream: 3, json: 'c'.repeat(500), settles: 3 });
        await process.broker.append(id, 1, { stream: 4, json: 'd'.repeat(500), settles: 4 });
        const [unread = ''] = await admin.keys('*:unread');
        expect(await admin.hGet(unread.replace(':unread', ''), 'b')).toBe('30');
        // But not for long.
        const fields = await admin.hGetAll(unread);
        const since = (ms: number) => fields['3']?.replace(/\d{13}/, String(Date.now() - ms)) ?? '';
        await admin.hSet(unread, { 3: since(6000), 4: since(1000) });
        await process.broker.accept(id, CREDENTIAL, toPost(5));
        expect(await admin.hKeys(unread)).toEqual(['4']);
        await process.broker.append(id, 1, { stream: 0, json: 'e' });
        expect(await process.broker.read(id, 3, 0, 10)).toBe('trimmed');
        expect(await process.broker.read(id, 4, 0, 10)).toMatchObject({ last: 1 });
        await holder.broker.read(id, 4, 0, 10);
        await process.broker.append(id, 1, { stream: 0, json: 'f' });
        const logs = await Promise.all((await admin.keys('*:out:*')).map(key => admin.xRange(key, '-', '+')));
        const bytes = logs.flat().reduce((sum, entry) => sum + (entry?.message.j?.length ?? 0), 0);
        expect(bytes).toBe(2);
        expect(await admin.hGet(unread.replace(':unread', ''), 'b')).toBe('2');
    });

    test('a Redis that was emptied is noticed by the next command, and new sessions work', async () => {
        await using hub = await makeHub();
        using admin = await connectAdmin(redis.url);
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        const lost = new Promise(resolve => broker.onLost(resolve));
        await admin.flushAll();
        await expect(broker.accept(id, CREDENTIAL, toPost(1))).rejects.toMatchObject({ name: 'BrokerUnavailable' });
        expect(await lost).toBe('all');
        expect(await broker.accept(id, CREDENTIAL, toPost(1))).toEqual({ kind: 'unknown-session' });
        const next = await openSession({ broker });
        expect(await broker.accept(next, CREDENTIAL, toPost(1))).toMatchObject({ kind: 'accepted' });
        const { broker: later } = await hub.join();
        expect(await later.find(next, CREDENTIAL)).toMatchObject({ id: next });
    });

    test('a process whose wakes are gone learns that, and not that all is lost', async () => {
        await using hub = await makeHub();
        using admin = await connectAdmin(redis.url);
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        const noticed: string[] = [];
        broker.onLost(loss => noticed.push(loss));
        await admin.del(await admin.keys('*wake:*'));
        await hub.passLease();
        expect(noticed).toEqual(['wakes']);
        expect(await broker.find(id, CREDENTIAL)).toMatchObject({ owner: broker.processId });
    });

    test('a process that starts while Redis is away rejects commands, and works when Redis is there', async () => {
        await using proxy = await startTcpProxy(redis.port);
        proxy.cut();
        const url = `redis://127.0.0.1:${proxy.port}`;
        await using broker = await createRedisBroker({ url, limits: LIMITS, commandMs: 500 });
        expect(broker.leaseEnds).toBeLessThan(performance.now());
        await expect(openSession({ broker })).rejects.toMatchObject({ name: 'BrokerUnavailable' });
        proxy.restore();
        const id = await persist(() => openSession({ broker }));
        expect(await broker.accept(id, CREDENTIAL, toPost(1))).toMatchObject({ kind: 'accepted' });
        expect(broker.leaseEnds).toBeGreaterThan(performance.now());
        expect(proxy.open).toBeLessThanOrEqual(2);
    });

    test('a message that was never sent to Redis wakes no process later', async () => {
        await using proxy = await startTcpProxy(redis.port);
        const url = `redis://127.0.0.1:${proxy.port}`;
        await using broker = await createRedisBroker({ url, limits: LIMITS, commandMs: 10_000 });
        const woken: string[] = [];
        broker.onWake(sessionId => woken.push(sessionId));
        proxy.cut();
        await expect.poll(() => broker.isAvailable).toBe(false);
        const [posted, claimed] = [randomUUID(), randomUUID()];
        await expect(broker.accept(posted, CREDENTIAL, toPost(1))).rejects.toThrow('not available');
        await expect(broker.claim(claimed)).rejects.toThrow('not available');
        proxy.restore();
        await expect.poll(() => woken).toEqual([claimed]);
    });

    test('send runs a command on the same connection, and rejects while Redis is away', async () => {
        await using proxy = await startTcpProxy(redis.port);
        await using broker = await createRedisBroker({
            url: `redis://127.0.0.1:${proxy.port}`,
            limits: LIMITS,
            commandMs: 10_000
        });
        expect(await broker.send(['SET', 'other:key', 'value', 'PX', '10000'])).toBe('OK');
        expect(await broker.send(['GET', 'other:key'])).toBe('value');
        await expect(broker.send(['INCR', 'other:key'])).rejects.toThrow(/^ERR value is not an integer/);
        expect(proxy.open).toBeLessThanOrEqual(2);
        proxy.cut();
        await expect(broker.send(['GET', 'other:key'])).rejects.toMatchObject({ name: 'BrokerUnavailable' });
        await expect(openSession({ broker })).rejects.toMatchObject({ name: 'BrokerUnavailable' });
        expect(broker.rejectedCommands).toBe(3);
    });

    test('two processes that take turns write 2,000 events with positions that have no gap', async () => {
        await using hub = await makeHub({ maxEvents: 2000, maxBytes: 1e6 });
        await writeInTurn(hub, 2000);
    });
});
