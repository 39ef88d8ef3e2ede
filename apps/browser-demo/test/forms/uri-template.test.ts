import { expect, test } from 'vitest';
import { expandTemplate, variablesOf } from '../../src/forms/uri-template.ts';

test('variablesOf lists each variable once, in order', () => {
    expect(variablesOf('a://{x}/{+path}{?q,x}{&list*}{short:3}')).toEqual(['x', 'path', 'q', 'list', 'short']);
});

// Most of these are examples of RFC 6570.
test.each([
    ['joke://built-in/{number}', 'joke://built-in/3'],
    ['{hello}', 'Hello%20World%21'],
    ['{+hello}', 'Hello%20World!'],
    ['{+path}/here', '/foo/bar/here'],
    ['{path}/here', '%2Ffoo%2Fbar/here'],
    ['{#path}', '#/foo/bar'],
    ['{x,y}', '1024,768'],
    ['X{.x,y}', 'X.1024.768'],
    ['{/x,y}/here', '/1024/768/here'],
    ['{;x,empty}', ';x=1024'],
    ['{?x,y}', '?x=1024&y=768'],
    ['?fixed=yes{&x}', '?fixed=yes&x=1024'],
    ['{?empty}{undef}{toString}', ''],
    ['{+half}', '50%25%20a%20b']
])('expandTemplate makes %s into %s', (template, uri) => {
    const values = {
        number: '3',
        hello: 'Hello World!',
        path: '/foo/bar',
        x: '1024',
        y: '768',
        empty: '',
        half: '50% a%20b'
    };
    expect(expandTemplate(template, values)).toBe(uri);
});
