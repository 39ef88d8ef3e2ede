import { expect, test } from 'vitest';
import { findExcess, findExcessIn } from '../../src/message/json-bounds.ts';

const bounds = { maxDepth: 4, maxMembers: 10 };

/** Both checks of one JSON text; they must agree. */
function check(json: string): string | undefined {
    const excess = findExcess(json, bounds);
    expect(findExcessIn(JSON.parse(json), bounds), json).toBe(excess);
    return excess;
}

test('findExcess accepts JSON within the limits', () => {
    for (const json of [
        '1',
        '"x"',
        'null',
        '{}',
        '[[[[]]]]',
        '{"a":{"b":[{}]}}',
        '[{},{},{},{},{}]',
        '[1,2,3,4,5,6,7,8,9]',
        ' [ ] '
    ]) {
        expect(check(json), json).toBeUndefined();
    }
});

test('JSON that is nested too deeply is reported, in arrays, objects and both', () => {
    const excess = 'The JSON is nested more than 4 levels deep; send a flatter value';
    for (const json of ['[[[[[]]]]]', '{"a":{"a":{"a":{"a":{}}}}}', '[[],[[{"a":[{}]}]]]']) {
        expect(check(json), json).toBe(excess);
    }
});

test('JSON with too many members or elements is reported, at any depth', () => {
    const excess = 'The JSON has more than 10 members and elements; send fewer';
    const members = Array.from({ length: 11 }, (_, index) => `"${index}":0`);
    for (const json of [
        `[${'0,'.repeat(10)}0]`,
        `{${members}}`,
        `[${'{},'.repeat(5)}{}]`,
        '[[0,0,0],[0,0,0],[0,0,0]]',
        `[${'{},'.repeat(10)}{}]`
    ]) {
        expect(check(json), json).toBe(excess);
    }
});

test('brackets and commas in strings are not counted, with any escapes', () => {
    const brackets = '[{,'.repeat(20);
    for (const value of [brackets, `"${brackets}`, `\\${brackets}`, `${brackets}\\`, `\\"${brackets}\\\\"`]) {
        expect(check(JSON.stringify({ [value]: [value] })), value).toBeUndefined();
    }
    // The string ends before the brackets.
    expect(check(`["\\\\",${'[0],'.repeat(9)}0]`)).toMatch('more than 10 members');
});

test('text that is not JSON is checked to its end', () => {
    for (const text of ['', '"', '"\\', '"[[[[[', ']]]]', '{"a":"\\"[[[[[['])
        expect(findExcess(text, bounds)).toBeUndefined();
    expect(findExcess('[[[[[', bounds)).toMatch('more than 4 levels');
});

test('a value of any size and depth is checked without deep recursion', () => {
    const deep = '['.repeat(1_000_000);
    expect(findExcess(deep, bounds)).toMatch('more than 4 levels');
    expect(findExcessIn(JSON.parse(`${deep}${']'.repeat(1_000_000)}`), bounds)).toMatch('more than 4 levels');
});
