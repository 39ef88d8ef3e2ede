import { expect, test } from 'vitest';
import { lastWords } from '../src/last-words.ts';

test.each([
    [
        'node:internal/run_main:123\n    trigger(\n    ^\n\nError [ERR_PACKAGE_PATH_NOT_EXPORTED]: Package subpath is not defined\n' +
            "    at a (node:internal/x:1)\n    at file:///lessons/work/server.ts:2:1 {\n  code: 'ERR_PACKAGE_PATH_NOT_EXPORTED'\n}\n\nNode.js v20.20.0\n",
        'Error [ERR_PACKAGE_PATH_NOT_EXPORTED]: Package subpath is not defined\n    at file:///lessons/work/server.ts:2:1 {'
    ],
    [
        'Open http://localhost\nTypeError: an earlier one\n    at x\nError: the last one\n    at y\n  [cause]: Error: inner\n',
        'Error: the last one\n    at y'
    ],
    ['Traceback (most recent call last):\n  File "server.py", line 1\nKeyError: 1\n', 'KeyError: 1'],
    ['one\ntwo\nthree\n', 'two\nthree']
])('the last words of a program are its error, where it names one: %#', (output, words) => {
    expect(lastWords(output)).toBe(words);
});
