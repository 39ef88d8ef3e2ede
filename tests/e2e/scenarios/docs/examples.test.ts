import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pages, read, root } from '../../helpers/docs.ts';

/** The folders whose code the docs show: `npm run lesson -- verify` runs that of the lesson. */
const FOLDERS = ['docs/examples', 'lessons/11-moving-on/solution'];

test('the code of every example in the docs is the text of its file, word for word', () => {
    const shown = new Map<string, string[]>();
    for (const page of pages) {
        for (const [, file = '', code = ''] of read(page).matchAll(/^```\w+ (\S+\/\S+)\n([\s\S]*?)^```$/gm)) {
            shown.set(file, [...(shown.get(file) ?? []), code]);
        }
    }
    const files = FOLDERS.flatMap(folder => readdirSync(root + folder).map(file => `${folder}/${file}`));
    expect([...shown.keys()].sort()).toEqual(files.filter(file => /\.m?[jt]s$/.test(file)).sort());
    // A file may be shown in pieces, with an empty line between two.
    for (const [file, pieces] of shown) expect(pieces.join('\n'), file).toBe(read(file));
});
