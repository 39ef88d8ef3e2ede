import { runRedis } from '@calc/test-helpers';

/** Starts the Redis of the run. If its address is set, `startServer` of the tests starts three processes. */
export default async function startRedis(): Promise<() => Promise<void>> {
    const redis = await runRedis(['--databases', '4000']);
    process.env.CALC_TEST_REDIS_URL = redis.url;
    return async () => await redis[Symbol.asyncDispose]();
}
