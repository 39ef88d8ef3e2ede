import { type RedisProcess, redisPath, runRedis } from '@calc/test-helpers/wire';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { runSteps, steps } from './model.ts';
import { type MakeHub, makeMemoryHub, toMakeRedisHub } from './test-hub.ts';

const UNLIMITED = { maxSessions: 1000, maxInFlight: 1000, maxEvents: 1000, maxBytes: 1e6 };
let redis: RedisProcess;

beforeAll(async () => {
    if (redisPath) redis = await runRedis();
});

afterAll(() => redis?.[Symbol.asyncDispose]());

function checkRuns(makeHub: MakeHub, numRuns: number): Promise<void> {
    const property = fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 60 }), async run => {
        await using hub = await makeHub(UNLIMITED);
        await runSteps(hub, run);
    });
    return fc.assert(property, { numRuns });
}

const TITLE =
    'accepted requests are settled once, positions have no gap, and old owners write nothing, whatever crashes';

test(`in memory: ${TITLE}`, () => checkRuns(makeMemoryHub, 300));
test.skipIf(!redisPath)(`on Redis: ${TITLE}`, () =>
    checkRuns(
        toMakeRedisHub(() => redis),
        10
    )
);
