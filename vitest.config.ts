import { join } from 'node:path';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Tests run on the packages' sources. Those of e2e that start processes or show the page need a build as well.
const shared = {
    ssr: { resolve: { conditions: ['@calc/source', ...defaultServerConditions] } }
};

/** The tests of one package, app or tool; its name is the path without `packages/`, `apps/` or `tests/`. */
function project(path: string) {
    const name = path.replace(/^(packages|apps|tests)\//, '');
    const root = join(import.meta.dirname, path);
    // No test leaves anything behind in its process, so that files can share one.
    // The time limits only end a test that hangs: a busy machine may be several times slower.
    const limits = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };
    const test = { name, root, include: ['{test,scenarios}/**/*.test.ts', '*.test.ts'], isolate: false, ...limits };
    return { ...shared, test };
}

export default defineConfig({
    test: {
        projects: [
            project('packages/tools'),
            project('packages/transport'),
            project('packages/grader'),
            project('tests/e2e'),
            project('bench'),
            project('tests/conformance'),
            project('apps/sse-server'),
            project('apps/stdio-server'),
            project('apps/sdk-client'),
            project('apps/lesson'),
            project('apps/browser-demo')
        ]
    }
});
