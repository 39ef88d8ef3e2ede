import { defaultServerConditions } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that `npm test` leaves out: more views, sizes and ways of what it tests. `--mode slow` runs them, and no others. */
const SLOW = '**/*.slow.test.ts';
const USUAL = '**/*.test.ts';

/** Needs nearly half of the time of all slow files, so that it must not begin last. */
const LONGEST = 'verify.slow.test.ts';

/** Without times of an earlier run, vitest begins with the largest files, which are not those that take longest. */
class LongestFirst extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
        const sorted = await super.sort(files);
        return sorted.toSorted((a, b) => Number(b.moduleId.endsWith(LONGEST)) - Number(a.moduleId.endsWith(LONGEST)));
    }
}

// One project for all packages: the workers load each module once.
export default defineConfig(({ mode }) => ({
    // Tests run on the packages' sources. Those of e2e that start processes or show the page need a build as well.
    ssr: { resolve: { conditions: ['@calc/source', ...defaultServerConditions] } },
    test: {
        dir: import.meta.dirname,
        include: [mode === 'slow' ? SLOW : USUAL],
        exclude: [...configDefaults.exclude, '**/work/**', ...(mode === 'slow' ? [] : [SLOW])],
        // No test leaves anything behind in its process, so that files can share one.
        isolate: false,
        sequence: { sequencer: LongestFirst },
        // The time limits only end a test that hangs: a busy machine may be several times slower.
        testTimeout: 60_000,
        hookTimeout: 60_000,
        expect: { poll: { timeout: 20_000 } }
    }
}));
