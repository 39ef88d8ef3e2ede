import { type TestContext, test } from 'vitest';
import type { PromiseId } from '../requirements.ts';

/** A test that proves promises of the wire contract; their ids stand behind its name in every report. */
export function proves(
    ids: readonly PromiseId[],
    sentence: string,
    run: (context: TestContext) => Promise<void>
): void {
    test(`${sentence} [${ids.join(', ')}]`, run);
}
