import { test } from 'vitest';
import { fuzz } from '../../../fuzz/fuzz.ts';
import { startTarget } from '../../../fuzz/target.ts';

const SEED = 20_251_125;
const RUNS = 30;

// The longer run: npm run fuzz -- --minutes 10
test(`generated messages over all transports break no requirement (seed ${SEED})`, async () => {
    await using target = await startTarget();
    await fuzz(target, SEED, RUNS);
    await target.end();
}, 60_000);
