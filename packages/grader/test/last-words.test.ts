import { expect, test } from 'vitest';
import { findError, lastWords } from '../src/last-words.ts';

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
    [
        'Traceback (most recent call last):\n  File "server.py", line 1\nhttpx.ConnectError: refused\n',
        'httpx.ConnectError: refused'
    ],
    ['one\ntwo\nthree\n', 'two\nthree']
])('the last words of a program are its error, where it names one: %#', (output, words) => {
    expect(lastWords(output)).toBe(words);
});

test.each([
    [
        'Traceback (most recent call last):\n  File "server.py", line 3, in add\n    except KeyError: raise ValueError("no b")\nValueError: no b\n',
        'ValueError: no b'
    ],
    ['  File "server.py", line 3\npydantic_core.ValidationError: 1 error\n', 'pydantic_core.ValidationError: 1 error'],
    ['    assert a > 0\nAssertionError\n', 'AssertionError'],
    [
        'TypeError [ERR_INVALID_ARG_TYPE]: The "chunk" argument\n    at x\n',
        'TypeError [ERR_INVALID_ARG_TYPE]: The "chunk" argument'
    ],
    [
        '12:00 ERROR Error [ERR_HTTP_HEADERS_SENT]: Cannot set headers\n',
        '12:00 ERROR Error [ERR_HTTP_HEADERS_SENT]: Cannot set headers'
    ],
    ['listening\nError handling is on\n', undefined],
    ['', undefined]
])('the error that a running program printed is found: %#', (output, error) => {
    expect(findError(output)).toBe(error);
});
