import fc from 'fast-check';
import { test } from 'vitest';
import { runSteps, steps } from './model.ts';
import { makeMemoryHub } from './test-hub.ts';

const UNLIMITED = { maxSessions: 1000, maxInFlight: 1000, maxEvents: 1000, maxBytes: 1e6 };

// redis-faults.slow.test.ts does the same on Redis.
test('accepted requests are settled once, positions have no gap, and old owners write nothing, whatever crashes', () => {
    const property = fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 60 }), async run => {
        await using hub = await makeMemoryHub(UNLIMITED);
        await runSteps(hub, run);
    });
    return fc.assert(property, { numRuns: 300 });
});
