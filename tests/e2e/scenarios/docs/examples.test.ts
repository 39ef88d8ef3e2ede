import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pages, read, root } from '../../helpers/docs.ts';

test('the code of every example in the docs is the text of its file, word for word', () => {
    const shown = new Map<string, string[]>();
    for (const page of pages) {
        for (const [, file = '', code = ''] of read(page).matchAll(/^```\w+ (examples\/\S+)\n([\s\S]*?)^```$/gm)) {
            shown.set(file, [...(shown.get(file) ?? []), code]);
        }
    }
    const files = readdirSync(`${root}docs/examples`, { recursive: true, encoding: 'utf8' });
    expect([...shown.keys()].sort()).toEqual(
        files
            .filter(file => /\.m?[jt]s$/.test(file))
            .map(file => `examples/${file}`)
            .sort()
    );
    // A file may be shown in pieces, with an empty line between two.
    for (const [file, pieces] of shown) expect(pieces.join('\n'), file).toBe(read(`docs/${file}`));
});
