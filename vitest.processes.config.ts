import { defineConfig, mergeConfig } from 'vitest/config';
import { findTestsWithServer } from './tests/e2e/processes/find-tests.ts';
import usual from './vitest.config.ts';

/** The e2e tests, with each server in three processes behind a round robin: `npm run test:processes`. */
export default defineConfig(env => {
    const config = usual(env);
    const ending = env.mode === 'slow' ? '.slow.test.ts' : '.test.ts';
    const { test } = mergeConfig(config, {
        test: {
            globalSetup: 'tests/e2e/processes/redis.ts',
            setupFiles: 'tests/e2e/processes/setup.ts',
            reporters: ['default', './tests/e2e/processes/reporter.ts']
        }
    });
    return { ...config, test: { ...test, include: findTestsWithServer('tests/e2e/scenarios', ending) } };
});
