import { type RedisProcess, redisPath, runRedis } from '@calc/test-helpers/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedisBroker } from '../../src/redis/index.ts';
import { CREDENTIAL, connectAdmin, LIMITS, openSession, toPost } from './test-hub.ts';

const PASSWORD = 'a-password-of-a-test';
let redis: RedisProcess;

beforeAll(async () => {
    if (redisPath) redis = await runRedis();
});

afterAll(() => redis?.[Symbol.asyncDispose]());

const join = (url = redis.url) => createRedisBroker({ url, limits: LIMITS, leaseMs: 1500, commandMs: 1000 });

describe.skipIf(!redisPath)('a broker on a Redis that refuses', () => {
    test('whyUnavailable says why it is not available, without the password, and nothing when it is', async () => {
        await using broker = await join();
        expect([broker.isAvailable, broker.whyUnavailable, broker.warnings]).toEqual([true, undefined, []]);
        await using refused = await join(redis.url.replace('//', `//unknown:${PASSWORD}@`));
        expect(refused.isAvailable).toBe(false);
        expect(refused.whyUnavailable).toMatch(/^Redis refused a command: WRONGPASS/);
        await expect(openSession({ broker: refused })).rejects.toThrow(/^Redis refused a command: WRONGPASS/);
        await using away = await join(`redis://:${PASSWORD}@127.0.0.1:1`);
        expect(away.isAvailable).toBe(false);
        expect(away.whyUnavailable).toMatch(/^Redis is not available: .*ECONNREFUSED/);
        for (const { whyUnavailable } of [refused, away]) expect(whyUnavailable).not.toContain(PASSWORD);
    });

    test('a URL that is not valid is refused without naming it', async () => {
        for (const url of [`redis://:${PASSWORD}@host:port`, `http://:${PASSWORD}@127.0.0.1`, PASSWORD]) {
            const error = await join(url).catch((error: unknown) => error);
            expect(error).toBeInstanceOf(TypeError);
            expect(JSON.stringify(error, ['message', 'input', 'cause', 'stack'])).not.toContain(PASSWORD);
        }
    });

    test('when memory is full, new sessions and messages are refused, and all that frees memory continues', async () => {
        using admin = await connectAdmin(redis.url);
        await using first = await join();
        await using second = await join();
        const [id, other] = [await openSession({ broker: first }), await openSession({ broker: first })];
        for (const request of [1, 2])
            await first.accept(id, CREDENTIAL, toPost(request, `request ${request}`, '', true));
        await admin.configSet('maxmemory', '1');

        const full = /^Redis refused a command: OOM/;
        await expect(openSession({ broker: first })).rejects.toThrow(full);
        await expect(first.accept(id, CREDENTIAL, toPost(3))).rejects.toThrow(full);
        // It would keep the answers behind it from being written.
        expect(await first.save(id, 1, { settings: [] })).toBe('written');

        await second.hold(id, 0);
        await second.unhold(id, 0, 0);
        await first.release(id, 1);
        expect(await second.claim(id)).toMatchObject({ fence: 2 });
        expect(await second.takeInbox(id, 2, 0)).toHaveLength(2);
        expect(await second.append(id, 2, { stream: 1, json: 'answer', settles: 1 })).toBe(1);
        expect(await second.settle(id, 2, [2])).toBe('written');
        expect(await first.read(id, 1, 0, 10)).toMatchObject({ ended: true, events: [{ json: 'answer' }] });
        await first.end(other, 'test');
        // Another process may come, and one may leave.
        await using third = await join();
        expect(await third.endIfUnheld(id, 'test')).toBe('ended');
        const leaseEnds = third.leaseEnds;
        await expect.poll(() => third.leaseEnds).toBeGreaterThan(leaseEnds);
        for (const broker of [first, second, third]) expect(broker.whyUnavailable).toBeUndefined();
        expect(first.warnings).toEqual([expect.stringMatching(full)]);
        await admin.configSet('maxmemory', '0');
        await openSession({ broker: first });
    });

    test('a command that the rights of the user do not allow is rejected with its reason', async () => {
        using admin = await connectAdmin(redis.url);
        await admin.aclSetUser('limited', ['on', `>${PASSWORD}`, '~*', '+@all', '-xread']);
        await using limited = await join(redis.url.replace('//', `//limited:${PASSWORD}@`));
        await expect
            .poll(() => limited.whyUnavailable)
            .toMatch(/^Redis refused a command: NOPERM .*xread.* \(its user lacks a right\)$/);
        expect(limited.isAvailable).toBe(true);
    });

    test('what Redis refuses to a script is a warning, although the process reports as before', async () => {
        using admin = await connectAdmin(redis.url);
        await admin.aclSetUser('scripts', ['on', `>${PASSWORD}`, '~*', '+@all', '-xlen']);
        await using broker = await join(redis.url.replace('//', `//scripts:${PASSWORD}@`));
        const id = await openSession({ broker });
        expect(broker.warnings).toEqual([]);
        const refused = /^Redis refused a command: .*\(its user lacks a right\)$/;
        for (let attempt = 0; attempt < 2; attempt++)
            await expect(broker.accept(id, CREDENTIAL, toPost(1))).rejects.toThrow(refused);
        expect(broker.warnings).toEqual([expect.stringMatching(refused)]);
        expect(broker.whyUnavailable).toBeUndefined();
    });

    test('warnings name a policy by which Redis evicts keys', async () => {
        using admin = await connectAdmin(redis.url);
        await admin.configSet('maxmemory-policy', 'allkeys-lru');
        await using broker = await join();
        await admin.configSet('maxmemory-policy', 'noeviction');
        const warning = 'Redis may evict sessions: its maxmemory-policy is allkeys-lru; set it to noeviction';
        expect(broker.warnings).toEqual([warning]);
    });
});
