import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readTests } from './helpers/read-tests.ts';
import { exceptions } from './processes/exceptions.ts';
import { contract } from './requirements.ts';

test('every requirement has a test that proves it, and every id in proves() is a requirement', () => {
    // The ids are the array literal that is the first argument of each call of proves().
    const lists = [...readTests({ slow: false }).values()].flatMap(text => [
        ...text.matchAll(/\bproves\(\s*\[([^\]]*)\]/g)
    ]);
    const proved = new Set(lists.flatMap(([, ids = '']) => ids.match(/[\w.-]+/g) ?? []));
    expect([...proved].toSorted()).toEqual(Object.keys(contract).toSorted());
});

test('docs/wire-contract.md lists the same requirements in the same words', () => {
    const docs = readFileSync(new URL('../../docs/wire-contract.md', import.meta.url), 'utf8');
    const rows = [...docs.matchAll(/^- `([\w.-]+)` (.+)$/gm)].map(([, id, text]) => [id, text]);
    expect(rows).toEqual(Object.entries(contract));
});

test('every exception from the tests against several processes is a title of a test', () => {
    const texts = [...readTests({ slow: false }).values()].join();
    expect(Object.keys(exceptions).filter(title => !texts.includes(title))).toEqual([]);
});
