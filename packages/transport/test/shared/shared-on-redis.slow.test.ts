import { type RedisProcess, redisPath, runRedis } from '@calc/test-helpers/wire';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeFaults } from './describe-faults.ts';
import { describeShared } from './describe-shared.ts';
import { onRedis } from './serve-processes.ts';

describe.skipIf(!redisPath)('processes that share a Redis (needs redis-server)', () => {
    let redis: RedisProcess;
    beforeAll(async () => {
        redis = await runRedis();
    });
    afterAll(() => redis[Symbol.asyncDispose]());
    describeShared(onRedis(() => redis));
    describeFaults(onRedis(() => redis));
});
