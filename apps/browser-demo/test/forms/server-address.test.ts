import { expect, test } from 'vitest';
import { parseServerAddress } from '../../src/forms/server-address.ts';

test.each([
    ['http://127.0.0.1:3001/sse', 'http://127.0.0.1:3001/sse'],
    ['  https://Calc.Example/a/sse?x=1#top ', 'https://calc.example/a/sse?x=1'],
    ['localhost:3001/sse', 'http://localhost:3001/sse'],
    ['calc.example', 'http://calc.example/'],
    ['[::1]:3001/sse', 'http://[::1]:3001/sse']
])('parseServerAddress accepts %s', (text, url) => {
    expect(parseServerAddress(text)).toBe(url);
});

test.each([
    ['', 'missing'],
    ['   ', 'missing'],
    ['/sse', 'not-http'],
    ['//calc.example/sse', 'not-http'],
    ['http:///sse', 'not-http'],
    ['http://', 'not-http'],
    ['ftp://calc.example/sse', 'not-http'],
    ['file:///etc/passwd', 'not-http'],
    ['javascript:alert(1)', 'not-http'],
    ['http://calc example/', 'not-http'],
    ['localhost:port/sse', 'not-http'],
    ['http://me:secret@calc.example/sse', 'holds-password'],
    ['me@calc.example/sse', 'holds-password']
])('parseServerAddress rejects %j with the reason', (text, code) => {
    expect(() => parseServerAddress(text)).toThrow(expect.objectContaining({ name: 'ServerAddressError', code }));
});
