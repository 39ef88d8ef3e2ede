import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('.', import.meta.url);
const texts = new Map(
    readdirSync(folder).map(name => [name.replace(/\.test\.ts$/, ''), readFileSync(new URL(name, folder), 'utf8')])
);

test('each test that SECURITY.md names is there', () => {
    const rows = readFileSync(new URL('../../../SECURITY.md', import.meta.url), 'utf8').matchAll(/^\|.*\|(.*)\|$/gm);
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
