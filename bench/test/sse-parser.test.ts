import { describe, expect, test } from 'vitest';
import { createSseParser, type SseEvent } from '../src/driver/http/sse-parser.ts';

/** Feeds the bytes of `text` in portions of `size`. */
function parse(text: string, size = Number.POSITIVE_INFINITY): SseEvent[] {
    const events: SseEvent[] = [];
    const parser = createSseParser(event => events.push(event));
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
    return events;
}

const STREAM =
    'retry: 2000\n\nid: s:0\nevent: endpoint\ndata: /messages?sessionId=s\n\n' +
    ': keepalive\n\nid: s:1\nevent: message\ndata: {"text":"zwölf ☃"}\n\n';

const EVENTS = [
    { event: 'endpoint', id: 's:0', data: '/messages?sessionId=s' },
    { event: 'message', id: 's:1', data: '{"text":"zwölf ☃"}' }
];

describe('a stream split into any chunks gives the same events', () => {
    test.each([1, 2, 3, 5, 7, 64, Number.POSITIVE_INFINITY])('of %d bytes give the same events', size => {
        expect(parse(STREAM, size)).toEqual(EVENTS);
    });
});

test('CR LF means the same as LF', () => {
    const stream = STREAM.replaceAll('\n', '\r\n');
    expect(parse(stream)).toEqual(EVENTS);
    expect(parse(stream, 1)).toEqual(EVENTS);
});

test('an event without an id has none, even after one with an id', () => {
    expect(parse('id: s:1\ndata: a\n\ndata: b\n\n')).toEqual([
        { event: 'message', id: 's:1', data: 'a' },
        { event: 'message', id: undefined, data: 'b' }
    ]);
});

test('several data lines are one text, without one space after the colon', () => {
    expect(parse('data:  a\ndata:b\ndata\n\n')).toEqual([{ event: 'message', id: undefined, data: ' a\nb\n' }]);
});

test('retry and comments alone are not an event', () => {
    expect(parse('retry: 2000\n\n: keepalive\n\nevent: ping\n\n')).toEqual([]);
});

test('an incomplete event does not count', () => {
    expect(parse('data: whole\n\ndata: half\n')).toEqual([{ event: 'message', id: undefined, data: 'whole' }]);
});
