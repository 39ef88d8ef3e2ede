import { type TestContext, test } from 'vitest';

/**
 * Declares a test that proves requirements of the wire contract. Reports show their ids after the title;
 * tests/e2e/coverage.test.ts checks that every requirement has a test and that every id exists.
 */
export function proves(ids: readonly string[], title: string, run: (context: TestContext) => Promise<void>): void {
    test(`${title} [${ids.join(', ')}]`, run);
}
