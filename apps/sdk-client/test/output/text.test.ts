import { expect, test } from 'vitest';
import { formatJson } from '../../src/output/format.ts';
import { displayOf } from '../../src/output/io.ts';
import { createScreen, toOneLine, toTerminal } from '../../src/output/screen.ts';
import { createSecrets } from '../../src/output/secrets.ts';
import { formatTable } from '../../src/output/table.ts';

const terminal = createScreen({ isTerminal: true, color: false, columns: 80 });

test('a terminal is shown control characters, a pipe gets them', () => {
    const text = 'a\tb\r\nc\x1b[31m\x07\x7f\u009b\u202e';
    expect(terminal.show(text)).toBe('a\tb\nc\u241b[31m\u2407\u2421\\u009b\\u202e');
    expect(createScreen().show(text)).toBe(text);
    expect(toOneLine(`${text}d`)).toBe('a b c [31m d');
});

test('JSON has no character that drives a terminal, and is the same value', () => {
    const value = { text: '\x1b\x7f\u009b\u202eü' };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(formatJson(value)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(JSON.parse(formatJson(value))).toEqual(value);
});

test('a table is aligned by what is seen, and its last column wrapped', () => {
    const rows = [
        ['a', 'one two three four five six'],
        ['漢字', 'x']
    ];
    expect(formatTable(rows, Number.POSITIVE_INFINITY)).toEqual(['a     one two three four five six', '漢字  x']);
    expect(formatTable(rows, 28)).toEqual(['a     one two three four', '      five six', '漢字  x']);
});

test('where there is hardly room, the last column goes below the others', () => {
    const rows = [['name', 'number', 'required', 'one two three four five six']];
    expect(formatTable(rows, 30)).toEqual(['name  number  required', '  one two three four five six']);
    expect(formatTable(rows, 10).every(line => line.length <= 10)).toBe(true);
});

test('secrets are hidden whole, as JSON, and without their scheme', () => {
    const secrets = createSecrets();
    secrets.add('Bearer abc"def');
    secrets.add('a');
    expect(secrets.hide('a Bearer abc"def, abc"def, abc\\"def')).toBe('a ***, ***, ***');
});

test.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false]
])('with %j, a terminal %j has colour %j', (env, isTTY, color) => {
    expect(displayOf({ isTTY, columns: 80 }, env)).toEqual({
        isTerminal: isTTY,
        color,
        columns: isTTY ? 80 : undefined
    });
});

test('a terminal gets of control characters only the sequences that the client writes itself', () => {
    const own = '\r\x1b[2K\x1b[1mbold\x1b[22m \x1b[2mdim\x1b[22m\n\t';
    expect(toTerminal(own)).toBe(own);
    expect(toTerminal('a\x1b[2J\x1b[31m\x9b1m\x07\r\u202eb')).toBe('a␛[2J␛[31m\\u009b1m␇␍\\u202eb');
});
