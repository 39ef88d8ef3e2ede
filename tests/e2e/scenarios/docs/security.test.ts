import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const scenarios = fileURLToPath(new URL('../', import.meta.url));
const texts = new Map(
    readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
        .filter(path => path.endsWith('.test.ts'))
        .map(path => [basename(path, '.test.ts'), readFileSync(join(scenarios, path), 'utf8')])
);

test('each test that SECURITY.md names is there', () => {
    const rows = readFileSync(new URL('../../../../SECURITY.md', import.meta.url), 'utf8').matchAll(/^\|.*\|(.*)\|$/gm);
    const cells = [...rows].map(([, cell = '']) => cell).slice(2);
    expect(cells.length).toBeGreaterThan(20);
    for (const cell of cells) {
        for (const [, name = '', quoted = ''] of cell.matchAll(/`([\w-]+)`(?:: ((?:"[^"]+"(?:, )?)+))?/g)) {
            const text = texts.get(name);
            expect(text, `${name}.test.ts`).toBeDefined();
            for (const [, beginning = ''] of quoted.matchAll(/"([^"…]+?) ?…?"/g))
                expect(text).toContain(`'${beginning}`);
        }
    }
});
