import { join } from 'node:path';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Tests run on the packages' sources. Those of e2e that start processes or show the page need a build as well.
const shared = {
    ssr: { resolve: { conditions: ['@calc/source', ...defaultServerConditions] } }
};

/** Files that `npm test` leaves out: more views, sizes and ways of what it tests. `--mode slow` runs them, and no others. */
const SLOW = '**/*.slow.test.ts';

/** The tests of one package, app or tool; its name is the path without `packages/`, `apps/` or `tests/`. */
function project(path: string, mode: string) {
    const name = path.replace(/^(packages|apps|tests)\//, '');
    const root = join(import.meta.dirname, path);
    // No test leaves anything behind in its process, so that files can share one.
    // The time limits only end a test that hangs: a busy machine may be several times slower.
    const limits = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };
    const usual = { include: ['{test,scenarios}/**/*.test.ts', '*.test.ts'], exclude: [SLOW] };
    const files = mode === 'slow' ? { include: [SLOW] } : usual;
    const test = { name, root, ...files, isolate: false, ...limits };
    return { ...shared, test };
}

const packages = [
    'packages/tools',
    'packages/transport',
    'packages/grader',
    'tests/e2e',
    'bench',
    'tests/conformance',
    'apps/sse-server',
    'apps/stdio-server',
    'apps/sdk-client',
    'apps/lesson',
    'apps/browser-demo'
];

export default defineConfig(({ mode }) => ({ test: { projects: packages.map(path => project(path, mode)) } }));
