import { proves } from '@calc/test-helpers/proves';
import { describe } from 'vitest';
import { describeAnswers, loseAnswers } from './describe-answers.ts';
import { describeDrain } from './describe-drain.ts';
import { describeFaults } from './describe-faults.ts';
import { describeInterleavings } from './describe-interleavings.ts';
import { describeLimits } from './describe-limits.ts';
import { describeLostWakes } from './describe-lost-wakes.ts';
import { describeShared } from './describe-shared.ts';
import { inMemory } from './serve-processes.ts';

// shared-on-redis.slow.test.ts does the same on Redis.
describe('processes that share a broker in memory', () => {
    describeShared(inMemory);
    describeAnswers(inMemory);
    proves(['http.reply-lost'], 'calls whose answers are gone before they are sent get an error and not silence', () =>
        loseAnswers(inMemory)
    );
    describeFaults(inMemory);
    describeInterleavings(inMemory);
    describeDrain(inMemory);
    describeLimits(inMemory);
    describeLostWakes(inMemory);
});
