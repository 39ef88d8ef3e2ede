import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contract } from './requirements.ts';

test('every promise of the contract is proved by a test', () => {
    const scenarios = `${import.meta.dirname}/scenarios`;
    const tests = readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.test.ts'))
        .map(name => readFileSync(`${scenarios}/${name}`, 'utf8'))
        .join('\n');
    // The ids a test proves stand in the list that opens its call; the compiler knows them from others.
    const proved = new Set(
        [...tests.matchAll(/\bproves\(\s*\[([^\]]*)\]/g)].flatMap(([, ids]) => ids?.match(/[\w.-]+/g))
    );
    expect(Object.keys(contract).filter(id => !proved.has(id))).toEqual([]);
});

test('the contract in the docs has the same promises in the same words', () => {
    const docs = readFileSync(new URL('../../docs/wire-contract.md', import.meta.url), 'utf8');
    const rows = [...docs.matchAll(/^- `([\w.-]+)` (.+)$/gm)].map(([, id, text]) => [id, text]);
    expect(rows).toEqual(Object.entries(contract));
});
