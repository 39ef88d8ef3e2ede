import { type RedisProcess, redisPath, runRedis } from '@calc/test-helpers/wire';
import { createRedisBroker, type RedisBroker } from '@calc/transport/redis';
import { defaultLimits } from '@calc/transport/server';
import { toBrokerLimits } from '@calc/transport/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTokens } from '../../src/access/tokens.ts';
import { parseConfig } from '../../src/config/config.ts';
import type { Log } from '../../src/operations/log.ts';
import { createRateStore } from '../../src/redis/rate-store.ts';
import { connectRedis } from '../../src/redis/redis.ts';
import { createSharedSignIns } from '../../src/redis/shared-sign-ins.ts';

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
        const errors: unknown[] = [];
        const store = createRateStore(
            command => broker.send(command),
            error => errors.push(error)
        );
        await store.init?.({ windowMs: 60_000 } as Parameters<NonNullable<typeof store.init>>[0]);
        expect(await store.increment('client')).toMatchObject({ totalHits: 1 });
        await send('SCRIPT', 'FLUSH');
        expect(await store.increment('client')).toMatchObject({ totalHits: 2 });
        expect(errors).toEqual([]);
    });

    test('a line of the log says that Redis is away, and one that it is back', async () => {
        const lines: unknown[] = [];
        const note = (...line: unknown[]) => void lines.push(line);
        const log = { info: note, warn: note, error: note, debug: note } as Log;
        await using shared = await connectRedis(parseConfig({}), redis.url, log);
        await redis.kill();
        await expect.poll(() => lines, { timeout: 5000 }).toHaveLength(1);
        await redis.start();
        await expect.poll(() => lines, { timeout: 5000 }).toHaveLength(2);
        expect(lines).toEqual([
            [{ reason: expect.stringMatching(/^Redis /) }, expect.stringMatching(/^Redis is not available/)],
            ['Redis is available again']
        ]);
        expect(shared.whyUnavailable).toBeUndefined();
    });
});
