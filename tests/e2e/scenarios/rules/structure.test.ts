import { expect, test } from 'vitest';
import { runCheck } from './run-check.ts';

test('check-structure reports imports of apps, of other folders and of layers above, types included', async () => {
    const report = await runCheck('check-structure', {
        'packages/tools/src/tool.ts': "import type { Tools } from './tools/all.ts';\n",
        'packages/tools/src/tools/all.ts':
            "import { a } from '@calc/sse-server';\nexport { b } from '../../test/b.ts';\n",
        'packages/tools/src/unlisted.ts': "const tool = await import('./tool.ts');\n",
        'packages/tools/src/index.ts': "import { tool } from './tool.ts';\n"
    });
    expect(report).toEqual([
        'packages/tools/src/tool.ts imports ./tools/all.ts; LAYERS of packages/tools/src allows no import of tools by tool.ts',
        'packages/tools/src/tools/all.ts imports @calc/sse-server; PACKAGES does not allow @calc/sse-server in packages/tools/src',
        'packages/tools/src/tools/all.ts imports ../../test/b.ts; it is outside of packages/tools/src',
        'packages/tools/src/unlisted.ts imports ./tool.ts; LAYERS of packages/tools/src has to list unlisted.ts and tool.ts'
    ]);
});

test('check-structure reports files of over 250 lines and folders of over 14 files', async () => {
    const files = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`pile/${index}.json`, '{}']));
    const report = await runCheck('check-structure', {
        ...files,
        'src/long.ts': '\n'.repeat(251),
        'src/longest.ts': '\n'.repeat(250),
        'src/long.test.ts': '\n'.repeat(251)
    });
    expect(report).toEqual([
        'pile has 15 files; split it, 14 is the most',
        'src/long.test.ts has 251 lines; split it, 250 is the most',
        'src/long.ts has 251 lines; split it, 250 is the most'
    ]);
});
