import { expect, test } from 'vitest';
import { splitLine } from '../../src/shell/completion/split-line.ts';

test.each([
    ['', []],
    ['  call\tadd  a=1 ', ['call', 'add', 'a=1']],
    [`call echo message="good 'morning'"`, ['call', 'echo', "message=good 'morning'"]],
    [`a'b c'"d e"f`, ['ab cd ef']],
    [String.raw`a\ b \"c \\ "\"\\\n" '\n'`, ['a b', '"c', '\\', '"\\\\n', '\\n']],
    [`'' ""`, ['', '']],
    ['call # the rest', ['call']],
    ['# all', []],
    [String.raw`a#b \#c "#d"`, ['a#b', '#c', '#d']],
    ['joke://built-in/{number} x<$HOME *', ['joke://built-in/{number}', 'x<$HOME', '*']]
])('%s', (line, words) => {
    expect(splitLine(line)).toEqual(words);
});

test('a quote that is left open is wrong usage', () => {
    expect(() => splitLine(`call echo "message=it's`)).toThrow('the quote " is not closed');
});
