import { redisPath } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { measure } from '../src/measure.ts';
import { parseOptions } from '../src/options.ts';
import { systems } from '../src/systems.ts';

const options = parseOptions(['--seconds', '10', '--sessions', '10', '--only', 'P1,P3,P10']);

test.skipIf(redisPath === undefined)(
    'ten seconds of faults: no accepted call is lost, answered twice or answered to another session (requires redis-server)',
    async () => {
        const outcomes = await measure(
            systems.redis,
            options,
            () => {},
            () => {}
        );
        expect(outcomes.P1).toMatchObject({ verdict: 'passed' });
        expect(outcomes.P3?.measured).toContain('lost 0, twice 0, foreign 0;');
    },
    180_000
);
