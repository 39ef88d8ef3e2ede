import { expect, test } from 'vitest';
import { findJsonMistake } from '../../src/forms/json-mistake.ts';

test.each([
    ['{"a":}', 1, 6, '}'],
    ['{', 1, 2, ''],
    ['', 1, 1, ''],
    ['[1,]', 1, 4, ']'],
    ['{"a": 1,\n "b": 2,\n}', 3, 1, '}'],
    ["{'a': 1}", 1, 2, "'a':"],
    ['{"a" 1}', 1, 6, '1}'],
    ['[1 2]', 1, 4, '2]'],
    ['[\r\n  01\r\n]', 2, 4, '1'],
    ['{"a": "x}', 1, 7, '"x}'],
    ['{"a": nul}', 1, 7, 'nul}'],
    ['{} x', 1, 4, 'x'],
    ['[}', 1, 2, '}'],
    ['{]', 1, 2, ']'],
    ['"\\x"', 1, 1, '"\\x"'],
    [`[${'🙂'.repeat(3)}]`, 1, 2, '🙂🙂🙂]'],
    [`x${'y'.repeat(40)}`, 1, 1, `x${'y'.repeat(19)}…`]
])('the mistake in %j is at line %i, column %i', (text, line, column, found) => {
    expect(findJsonMistake(text)).toMatchObject({ line, column, found });
});

test.each(['{"a":[1,-2.5e+3,true,false,null,{}]}', ' [] ', '"\\u00e9\\n"', '0', '{"a":{"b":[[],[]]}}', '"\u007f"'])(
    'there is no mistake in %j',
    text => {
        expect(findJsonMistake(text)).toBeUndefined();
        expect(() => JSON.parse(text)).not.toThrow();
    }
);

test('the scanner and JSON.parse agree about every shortened or changed text', () => {
    const whole = '{"a":[1,-2.5e+3,true,{"b":null,"":"\\u00e9"}],"c":""}';
    const changes = [...whole].flatMap((_letter, at) => [
        whole.slice(0, at),
        ...[...'{}[],:"0x \\'].map(other => whole.slice(0, at) + other + whole.slice(at + 1))
    ]);
    const isJson = (text: string): boolean => {
        try {
            JSON.parse(text);
            return true;
        } catch {
            return false;
        }
    };
    expect(changes.filter(text => isJson(text) !== (findJsonMistake(text) === undefined))).toEqual([]);
});
