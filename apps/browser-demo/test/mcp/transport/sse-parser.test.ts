import { expect, onTestFinished, test, vi } from 'vitest';
import { createSseParser } from '../../../src/mcp/transport/sse-parser.ts';

const whole = 'retry: 2000\n\nid: s:0\nevent: endpoint\ndata: /messages\n\n: keepalive\n\ndata: {}\n\n';

test.each([1, 2, 7, whole.length])('a stream in chunks of %i characters gives the same frames', size => {
    const parser = createSseParser();
    const frames = [];
    for (let at = 0; at < whole.length; at += size) frames.push(...parser.feed(whole.slice(at, at + size)));
    expect(frames).toEqual([
        { kind: 'retry', ms: 2000, raw: 'retry: 2000\n\n' },
        {
            kind: 'event',
            event: 'endpoint',
            id: 's:0',
            data: '/messages',
            raw: 'id: s:0\nevent: endpoint\ndata: /messages\n\n'
        },
        { kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' },
        { kind: 'event', event: 'message', id: 's:0', data: '{}', raw: 'data: {}\n\n' }
    ]);
});

test.each(['\r\n', '\r', '\n'])('lines may end with %j, which the raw text keeps', ending => {
    const text = ['data: a', 'data: b', '', ''].join(ending);
    const parser = createSseParser();
    const frames = [...parser.feed(text), ...parser.feed(':')];
    expect(frames).toEqual([{ kind: 'event', event: 'message', id: '', data: 'a\nb', raw: text }]);
});

test.each([
    ['id: 1\n\n', []],
    ['event: x\n\n', []],
    ['retry: soon\n\n', []],
    ['\n\n\n', []],
    ['nonsense\n\n', []],
    ['data\n\n', ['']],
    ['data:  x\n\n', [' x']],
    ['\uFEFFdata: x\n\n', ['x']],
    ['data: a\u2028b\n\n', ['a\u2028b']],
    ['data: unfinished\n', []]
])('%j gives the data %j', (text, data) => {
    const frames = createSseParser().feed(text);
    expect(frames.map(frame => frame.kind === 'event' && frame.data)).toEqual(data);
});

test('an id with NUL is ignored, and an id applies until the next one', () => {
    const frames = createSseParser().feed('id: 1\ndata: a\n\nid: 2\0\ndata: b\n\nid\ndata: c\n\n');
    expect(frames.map(frame => frame.kind === 'event' && frame.id)).toEqual(['1', '1', '']);
});

test('a comment and an event in one frame have the same raw text', () => {
    const text = ': hello\ndata: x\n\n';
    expect(createSseParser().feed(text)).toMatchObject([
        { kind: 'comment', text: 'hello', raw: text },
        { kind: 'event', data: 'x', raw: text }
    ]);
});

test('a line in thousands of chunks is searched once', () => {
    const parser = createSseParser();
    const piece = 'x'.repeat(16 * 1024);
    const search = vi.spyOn(String.prototype, 'matchAll');
    onTestFinished(() => search.mockRestore());
    parser.feed('data: ');
    for (let count = 0; count < 1000; count++) parser.feed(piece);
    const [frame] = parser.feed('\n\n');
    expect(frame).toMatchObject({ kind: 'event', data: piece.repeat(1000) });
    expect(search).toHaveBeenCalledTimes(1);
});

test('retry of any size becomes a safe integer, which a transcript accepts', () => {
    const [frame] = createSseParser().feed(`retry: ${'9'.repeat(400)}\n\n`);
    expect(frame).toMatchObject({ kind: 'retry', ms: Number.MAX_SAFE_INTEGER });
});
