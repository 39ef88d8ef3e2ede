import { type RedisProcess, redisPath, runRedis } from '@calc/test-helpers/wire';
import { createRedisBroker, type RedisBroker } from '@calc/transport/redis';
import { defaultLimits } from '@calc/transport/server';
import { toBrokerLimits } from '@calc/transport/shared';
import type { Store } from 'express-rate-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTokens } from '../../src/access/tokens.ts';
import { parseConfig } from '../../src/config/config.ts';
import type { Log } from '../../src/operations/log.ts';
import { toDigest } from '../../src/redis/digest.ts';
import { createRateStore } from '../../src/redis/rate-store.ts';
import { connectRedis } from '../../src/redis/redis.ts';
import { createSharedSignIns } from '../../src/redis/shared-sign-ins.ts';

function createLog() {
    const lines: unknown[] = [];
    const note = (...line: unknown[]) => void lines.push(line);
    return { lines, log: { info: note, warn: note, error: note, debug: note } as Log };
}

/** As `rateLimit` does. */
const start = (store: Store) => store.init?.({ windowMs: 60_000 } as Parameters<NonNullable<Store['init']>>[0]);

describe.skipIf(!redisPath)('with Redis', () => {
    let redis: RedisProcess;
    let broker: RedisBroker;
    beforeAll(async () => {
        redis = await runRedis();
        broker = await createRedisBroker({ url: redis.url, limits: toBrokerLimits(defaultLimits) });
    });
    afterAll(async () => {
        await broker?.[Symbol.asyncDispose]();
        await redis?.[Symbol.asyncDispose]();
    });
    const send = (...command: string[]) => broker.send(command);

    test('one sign-in over the limit ends the oldest with the same token, and expired ones are removed', async () => {
        let time = 0;
        const tokens = createTokens(['busy', 'other']);
        const signIns = createSharedSignIns(
            command => broker.send(command),
            tokens,
            () => new Date(time)
        );
        const signIn = async (token: string) => signIns.add({ token, clientId: '', scopes: [] });
        const oldest = await signIn('busy');
        const [key = ''] = (await send('KEYS', 'calc:sign-ins:*')) as string[];
        const other = await signIn('other');
        expect(Number(await send('PTTL', key))).toBeGreaterThan(0);
        time = 1;
        const second = await signIn('busy');
        time = 2;
        const find = async (secret: string) => (await signIns.find(secret))?.clientId;
        const others = Array.from({ length: 9998 }, (_, index) => ['1e15', `digest ${index}`]);
        await send('ZADD', key, ...others.flat());
        expect(await find(oldest)).toBe('token-1');
        await signIn('busy');
        expect([await find(oldest), await find(second), await find(other)]).toEqual([undefined, 'token-1', 'token-2']);
        time = 24 * 60 * 60 * 1000;
        expect(await find(second)).toBeUndefined();
        await signIn('busy');
        expect(await send('ZCARD', key)).toBe(9999);
    });

    test('the rate is counted after Redis has forgotten the script', async () => {
        const store = createRateStore(command => broker.send(command));
        await start(store);
        expect(await store.increment('client')).toMatchObject({ totalHits: 1 });
        await send('SCRIPT', 'FLUSH');
        expect(await store.increment('client')).toMatchObject({ totalHits: 2 });
    });

    test('a process counts the rate itself if Redis refuses to, and its log says so once', async () => {
        const { lines, log } = createLog();
        await using shared = await connectRedis(parseConfig({}), redis.url, log);
        await start(shared.rateStore);
        const key = `calc:rate:${toDigest('refused')}`;
        await send('LPUSH', key, 'not a number');
        await send('PEXPIRE', key, '60000');
        expect(await shared.rateStore.increment('refused')).toMatchObject({ totalHits: 1 });
        expect(await shared.rateStore.increment('refused')).toMatchObject({ totalHits: 2 });
        const err = expect.objectContaining({ message: expect.stringMatching(/WRONGTYPE/) });
        expect(lines).toEqual([[{ err }, 'Redis refused a command of the rate or a sign-in']]);
    });

    test('a line of the log says that Redis is away, and one that it is back', async () => {
        const { lines, log } = createLog();
        await using shared = await connectRedis(parseConfig({}), redis.url, log);
        await redis.kill();
        await expect.poll(() => lines).toHaveLength(1);
        await redis.start();
        await expect.poll(() => lines).toHaveLength(2);
        expect(lines).toEqual([
            [{ reason: expect.stringMatching(/^Redis /) }, expect.stringMatching(/^Redis is not available/)],
            ['Redis is available again']
        ]);
        expect(shared.whyUnavailable).toBeUndefined();
    });
});
