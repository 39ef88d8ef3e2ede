import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contract } from '../src/contract.ts';

test('every promise of the contract is proved by a test', () => {
    const tests = readdirSync(import.meta.dirname)
        .filter(name => name.endsWith('.test.ts') && name !== 'contract.test.ts')
        .map(name => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
        .join('\n');
    // The ids a test proves stand in the list that opens its call; the compiler knows them from others.
    const proved = new Set(
        [...tests.matchAll(/\bproves\(\s*\[([^\]]*)\]/g)].flatMap(([, ids]) => ids?.match(/[\w.-]+/g))
    );
    expect(Object.keys(contract).filter(id => !proved.has(id))).toEqual([]);
});

test('the contract in the docs has the same promises in the same words', () => {
    const docs = readFileSync(new URL('../../../docs/wire-contract.md', import.meta.url), 'utf8');
    const rows = [...docs.matchAll(/^- `([\w.-]+)` (.+)$/gm)].map(([, id, text]) => [id, text]);
    expect(rows).toEqual(Object.entries(contract));
});
