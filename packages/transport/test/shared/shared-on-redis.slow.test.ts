import { type RedisProcess, redisPath, runRedis } from '@calc/test-helpers/wire';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { connectAdmin } from '../broker/test-hub.ts';
import { describeAnswers, loseAnswers } from './describe-answers.ts';
import { describeDrain } from './describe-drain.ts';
import { describeFaults } from './describe-faults.ts';
import { describeInterleavings } from './describe-interleavings.ts';
import { describeLimits } from './describe-limits.ts';
import { describeLostWakes } from './describe-lost-wakes.ts';
import { describeShared } from './describe-shared.ts';
import { onRedis } from './serve-processes.ts';

describe.skipIf(!redisPath)('processes that share a Redis (needs redis-server)', () => {
    let redis: RedisProcess;
    beforeAll(async () => {
        redis = await runRedis();
    });
    afterAll(() => redis[Symbol.asyncDispose]());
    // Sessions of one test would take the places of another.
    beforeEach(async () => {
        using admin = await connectAdmin(redis.url);
        await admin.flushAll();
    });
    describeShared(onRedis(() => redis));
    describeAnswers(onRedis(() => redis));
    test('calls whose answers are gone before they are sent get an error and not silence', () =>
        loseAnswers(onRedis(() => redis)));
    describeFaults(onRedis(() => redis));
    describeInterleavings(onRedis(() => redis));
    describeDrain(onRedis(() => redis));
    describeLimits(onRedis(() => redis));
    describeLostWakes(onRedis(() => redis));
});
