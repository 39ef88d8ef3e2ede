import { type RedisProcess, redisPath, runRedis } from '@calc/test-helpers/wire';
import { afterAll, beforeAll } from 'vitest';
import { describeBroker } from './describe/broker.ts';
import { toMakeRedisHub } from './test-hub.ts';

let redis: RedisProcess;

beforeAll(async () => {
    if (redisPath) redis = await runRedis();
});

afterAll(() => redis?.[Symbol.asyncDispose]());

describeBroker(
    'a broker on Redis',
    toMakeRedisHub(() => redis),
    !redisPath
);
