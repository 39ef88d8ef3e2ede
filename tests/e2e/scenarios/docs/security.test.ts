import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readTests } from '../../helpers/read-tests.ts';

test('each test that SECURITY.md names exists', () => {
    const tests = readTests({ slow: true });
    const rows = readFileSync(new URL('../../../../SECURITY.md', import.meta.url), 'utf8').matchAll(/^\|.*\|(.*)\|$/gm);
    const cells = [...rows].map(([, cell = '']) => cell).slice(2);
    expect(cells.length).toBeGreaterThan(20);
    for (const cell of cells) {
        for (const [, name = '', quoted = ''] of cell.matchAll(/`([\w/-]+)`(?:: ((?:"[^"]+"(?:, )?)+))?/g)) {
            const paths = [...tests.keys()].filter(path => `/${path}`.endsWith(`/${name}`));
            expect(paths, `${name}.test.ts`).toHaveLength(1);
            for (const [, beginning = ''] of quoted.matchAll(/"([^"…]+?) ?…?"/g))
                expect(tests.get(paths[0] ?? '')).toContain(`'${beginning}`);
        }
    }
});
