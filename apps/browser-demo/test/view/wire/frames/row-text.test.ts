import { expect, test } from 'vitest';
import { clamp, prettyTextOf, rowTextOf, splitAtWords, targetOf } from '../../../../src/view/wire/frames/row-text.ts';
import { createRecord } from '../../../wire/record.ts';

test('a row shows a frame as received, without the empty line that ends it', () => {
    const { wire, post } = createRecord();
    const raw = 'data:{"a":1}\r\nid:s:1\r\n\r\n';
    const event = { kind: 'event', event: 'message', id: 's:1', data: '{"a":1}', raw } as const;
    expect(rowTextOf(wire.record('a', event))).toBe('data:{"a":1}\r\nid:s:1');
    expect(rowTextOf(post({ id: 1, method: 'ping' }))).toBe('{"jsonrpc":"2.0","id":1,"method":"ping"}');
    expect(rowTextOf(wire.record('a', { kind: 'comment', text: 'keepalive', raw: ':keepalive\n\n' }))).toBe(
        ':keepalive'
    );
    expect(rowTextOf(wire.record('a', { kind: 'dropped' }))).toBe('');
});

test('a frame with several parts has rows that show one part each', () => {
    const { wire } = createRecord();
    const raw = 'retry: 2000\n: hello\nevent: endpoint\ndata: /messages\n\n';
    expect(rowTextOf(wire.record('a', { kind: 'retry', ms: 2000, raw }))).toBe('retry: 2000');
    expect(rowTextOf(wire.record('a', { kind: 'comment', text: 'hello', raw }))).toBe(': hello');
});

test('JSON can be indented, together with the other fields', () => {
    const { wire, post } = createRecord();
    expect(prettyTextOf(post({ method: 'ping' }))).toBe('{\n  "jsonrpc": "2.0",\n  "method": "ping"\n}');
    const event = { kind: 'event', event: 'message', id: 's:1', data: '{"a":[1]}' } as const;
    expect(prettyTextOf(wire.record('a', event))).toBe('id: s:1\nevent: message\ndata: {\n  "a": [\n    1\n  ]\n}');
    expect(prettyTextOf(wire.record('a', { ...event, data: '/messages' }))).toBeUndefined();
    expect(prettyTextOf(wire.record('a', { kind: 'dropped' }))).toBeUndefined();
});

test('a long text is shortened, a short one is not', () => {
    expect(clamp('x'.repeat(320))).toBeUndefined();
    expect(clamp('x'.repeat(321))).toBe(`${'x'.repeat(320)}…`);
    expect(clamp('1\n2\n3\n4\n5\n6\n7\n8\n9')).toBe('1\n2\n3\n4\n5\n6\n7\n8…');
});

test('a long text is shortened around the search word', () => {
    const text = `${'a'.repeat(500)} needle ${'b'.repeat(500)}`;
    const cut = clamp(text, ['needle']) ?? '';
    expect([cut.length, cut.at(0), cut.at(-1), cut.includes('needle')]).toEqual([322, '…', '…', true]);
    expect(clamp(text, ['aaa'])).toBe(`${'a'.repeat(320)}…`);
    expect(clamp(text, ['elsewhere'])).toBe(`${'a'.repeat(320)}…`);
});

test('search words are marked in any case, even if they are special in a regular expression', () => {
    expect(splitAtWords('Tools/Call tools', ['tools'])).toEqual(['', 'Tools', '/Call ', 'tools', '']);
    expect(splitAtWords('a.b (a|b)', ['(a|b)', '.'])).toEqual(['a', '.', 'b ', '(a|b)', '']);
    expect(splitAtWords('tool tools', ['tool', 'tools'])).toEqual(['', 'tool', ' ', 'tools', '']);
    expect(splitAtWords('as it is', [])).toEqual(['as it is']);
});

test('a request shows its path, and the host of another server', () => {
    const url = 'http://calc.test/messages?sessionId=0b7f3b52-5c3d&a=1';
    expect(targetOf(url, 'http://calc.test/')).toBe('/messages?sessionId=0b7f3b52…&a=1');
    expect(targetOf('http://other.test:81/sse', 'http://calc.test/')).toBe('other.test:81/sse');
    // As in a transcript.
    expect(targetOf('nowhere', 'http://calc.test/')).toBe('nowhere');
});
