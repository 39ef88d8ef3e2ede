import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type RedisProcess, redisPath, runRedis, startTcpProxy } from '@calc/test-helpers/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedisBroker } from '../../src/redis/index.ts';
import { runSteps, steps } from './model.ts';
import type { Awakening } from './stopped-process.ts';
import { LIMITS, toMakeRedisHub } from './test-hub.ts';
import { writeInTurn } from './two-writers.ts';
import { persist, Worker } from './worker.ts';

// With less, Redis answers before its data is on the disk while the disk is busy.
const APPEND_ONLY = ['--appendonly', 'yes', '--appendfsync', 'always'];
const limits = {
    ...LIMITS,
    maxSessions: 100,
    maxInFlight: 1000,
    maxEvents: 10_000,
    maxBytes: 1e9,
    maxRememberedPosts: 16_384
};

/** A process on its own proxy to Redis. */
async function startProcess(redis: RedisProcess) {
    const proxy = await startTcpProxy(redis.port);
    const url = `redis://127.0.0.1:${proxy.port}`;
    const broker = await createRedisBroker({ url, limits, leaseMs: 1500, commandMs: 1000 });
    const worker = new Worker(broker);
    return {
        broker,
        worker,
        proxy,
        async [Symbol.asyncDispose]() {
            worker.isClosed = true;
            await broker[Symbol.asyncDispose]();
            await proxy[Symbol.asyncDispose]();
        }
    };
}

type Process = Awaited<ReturnType<typeof startProcess>>;

/** Posts at both processes while `disturb` runs, and checks that each accepted request has exactly one answer. */
async function answerDuring(near: Process, far: Process, disturb: () => Promise<void>): Promise<void> {
    const ids = Array.from({ length: 4 }, () => randomUUID());
    for (const id of ids) await near.worker.open(id);
    let isDisturbed = true;
    let request = 0;
    const posted = new Map<string, number[]>(ids.map(id => [id, []]));
    const post = async (worker: Worker) => {
        for (const id of ids) {
            const number = ++request;
            expect(['accepted', 'repeated']).toContain(await worker.post(id, number));
            posted.get(id)?.push(number);
        }
        await wait(10);
    };
    const posting = [near, far].map(async ({ worker }) => {
        while (isDisturbed) await post(worker);
        for (let more = 0; more < 10; more++) await post(worker);
    });
    const disturbing = disturb().finally(() => {
        isDisturbed = false;
    });
    await Promise.all([disturbing, ...posting]);
    for (const id of ids) {
        const expected = (posted.get(id) ?? []).map(number => `answer to request ${number}`).sort();
        await expect
            .poll(async () => {
                const reading = await persist(() => near.broker.read(id, 0, 0, 100_000));
                return typeof reading === 'string' ? reading : reading.events.map(({ json }) => json).sort();
            })
            .toEqual(expected);
    }
}

const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));

/**
 * Stops a process that owns a session for a time, in which another one claims it and appends an event, and returns what
 * the first one noticed when it continued. @param awaited what it has to notice at least.
 */
async function stopProcess(ms: number, awaited: string) {
    await using redis = await runRedis();
    await using other = await createRedisBroker({ url: redis.url, limits });
    const id = randomUUID();
    const script = new URL('./stopped-process.ts', import.meta.url).pathname;
    const child = fork(script, [redis.url, id, JSON.stringify(limits), awaited], { execArgv: ['--import', 'tsx'] });
    try {
        await once(child, 'message');
        await wait(100);
        child.kill('SIGSTOP');
        const until = performance.now() + ms;
        await expect.poll(() => other.claim(id)).toMatchObject({ fence: 2 });
        await other.hold(id, 0);
        const position = Number(await other.append(id, 2, { stream: 0, json: '"of the next owner"' }));
        await wait(until - performance.now());
        child.kill('SIGCONT');
        const [awakening] = (await once(child, 'message')) as [Awakening];
        // Nothing was added since.
        expect(await other.read(id, 0, position - 1, 10)).toMatchObject({ last: position });
        return awakening;
    } finally {
        child.kill('SIGKILL');
    }
}

describe.skipIf(!redisPath)('a broker on a Redis with faults', () => {
    test('every accepted request has one answer when Redis is killed and comes back with its data', async () => {
        await using redis = await runRedis(APPEND_ONLY);
        await using near = await startProcess(redis);
        await using far = await startProcess(redis);
        await answerDuring(near, far, async () => {
            for (let restarts = 0; restarts < 3; restarts++) {
                await wait(500);
                await redis.kill();
                await wait(500);
                await redis.start();
            }
            await wait(1000);
        });
        expect([near.worker.lost, far.worker.lost]).toEqual([0, 0]);
    });

    test('every accepted request has one answer when one process or both are cut off', async () => {
        await using redis = await runRedis();
        await using near = await startProcess(redis);
        await using far = await startProcess(redis);
        await answerDuring(near, far, async () => {
            for (const [proxies, ms] of [
                [[near.proxy], 200],
                [[far.proxy], 200],
                [[near.proxy, far.proxy], 300],
                [[near.proxy], 2500]
            ] as const) {
                await wait(500);
                for (const proxy of proxies) proxy.cut();
                await wait(ms);
                for (const proxy of proxies) proxy.restore();
            }
            await wait(1000);
        });
    });

    test('every accepted request has one answer when Redis is slow, and when it does not reply in time', async () => {
        await using redis = await runRedis();
        await using near = await startProcess(redis);
        await using far = await startProcess(redis);
        await answerDuring(near, far, async () => {
            for (const [proxy, delayMs] of [
                [near.proxy, 100],
                [far.proxy, 300],
                [near.proxy, 1200]
            ] as const) {
                proxy.delayMs = delayMs;
                await wait(3000);
                proxy.delayMs = 0;
            }
            await wait(1000);
        });
    });

    test('when Redis comes back without its data, or with older data, every process notices, and new sessions work', async () => {
        await using redis = await runRedis(APPEND_ONLY);
        await using near = await startProcess(redis);
        await using far = await startProcess(redis);
        const id = randomUUID();
        await near.worker.open(id);
        expect(await far.worker.post(id, 1)).toBe('accepted');
        await redis.kill();
        await expect(near.broker.read(id, 0, 0, 1)).rejects.toMatchObject({ name: 'BrokerUnavailable' });
        await redis.removeData();
        await redis.start();
        await expect.poll(() => [near.worker.lost, far.worker.lost]).toEqual([1, 1]);
        expect(await persist(() => far.broker.read(id, 0, 0, 1))).toBe('unknown');
        await answerDuring(near, far, () => wait(500));

        const old = randomUUID();
        await near.worker.open(old);
        await redis.saveData();
        // Nothing but this is lost, and the other process writes first.
        expect(await near.worker.post(old, 1)).toBe('accepted');
        near.proxy.cut();
        await redis.kill();
        await redis.restoreData();
        await redis.start();
        for (let request = 2; request < 20; request++) await far.worker.post(old, request);
        near.proxy.restore();
        await expect.poll(() => [near.worker.lost, far.worker.lost]).toEqual([2, 2]);
        expect(await persist(() => far.broker.read(old, 0, 0, 1))).toBe('unknown');
    });

    test('a process that was stopped while another took over is late at once, and what it appends is refused', async () => {
        const { wasLate, noticed } = await stopProcess(2000, 'superseded');
        expect(wasLate).toBe(true);
        expect(noticed).toEqual(expect.arrayContaining(['claimed', 'superseded', 'fenced']));
        expect(noticed).not.toContain('all lost');
    });

    test('a process that was stopped until its wakes were gone notices that, and what it appends is refused', async () => {
        const { wasLate, noticed } = await stopProcess(7000, 'wakes lost');
        expect(wasLate).toBe(true);
        expect(noticed).toContain('fenced');
        expect(noticed).not.toContain('all lost');
    });

    test('two processes that take turns write 100,000 events with positions that have no gap', async () => {
        await using redis = await runRedis();
        await using hub = await toMakeRedisHub(() => redis)({ maxEvents: 100_000, maxBytes: 1e9 });
        await writeInTurn(hub, 100_000);
    }, 600_000);

    test('accepted requests are settled once, positions have no gap, and old owners write nothing: many runs', async () => {
        await using redis = await runRedis();
        const makeHub = toMakeRedisHub(() => redis);
        const property = fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 120 }), async run => {
            await using hub = await makeHub({ maxSessions: 1000, maxInFlight: 1000, maxEvents: 1000, maxBytes: 1e6 });
            await runSteps(hub, run);
        });
        await fc.assert(property, { numRuns: 150 });
    }, 600_000);
});
