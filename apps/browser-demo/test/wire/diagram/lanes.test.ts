import { expect, test } from 'vitest';
import type { Row } from '../../../src/wire/diagram/row.ts';
import { createDiagram } from './diagram.ts';

const barsOf = ({ lines }: Row) => lines.bars.map(({ lane, part, span }) => `${span.begin.seq} ${lane} ${part}`);

test('pending requests have a lane each, and the first free lane is reused', () => {
    const { rows, post, event } = createDiagram();
    post({ id: 1, method: 'slow' });
    post({ id: 2, method: 'ping' });
    event({ id: 2, result: {} });
    post({ id: 3, method: 'ping' });
    event({ id: 1, result: {} });
    const { list, tail } = rows();
    expect(list.map(barsOf)).toEqual([
        ['1 0 begin'],
        ['1 0 through', '2 1 begin'],
        ['1 0 through', '2 1 end'],
        ['1 0 through', '4 1 begin'],
        ['1 0 end', '4 1 through']
    ]);
    expect(tail.bars.map(({ span }) => span.begin.seq)).toEqual([4]);
});

test('five pending requests have a bar each, further ones have none', () => {
    const { rows, post } = createDiagram();
    for (let id = 1; id <= 7; id++) post({ id, method: 'slow' });
    expect(rows().tail.bars.map(({ lane }) => lane)).toEqual([0, 1, 2, 3, 4]);
});

test('a bar ends when the POST is rejected, the request is cancelled or the session ends', () => {
    const { rows, wire, post } = createDiagram();
    post({ id: 1, method: 'refused' });
    wire.record('a', { kind: 'answered', number: 1, status: 429, statusText: 'Too Many Requests' });
    post({ id: 2, method: 'slow' });
    post({ method: 'notifications/cancelled', params: { requestId: 2 } });
    post({ id: 3, method: 'late' });
    post({ id: 3, method: 'elsewhere' }, 'b');
    wire.record('a', { kind: 'replaced' });
    const { list, tail } = rows();
    expect([1, 3, 6].map(index => list[index] && barsOf(list[index]))).toEqual([
        ['1 0 end'],
        ['3 0 end'],
        ['5 0 end', '6 1 through']
    ]);
    expect(tail.bars.map(({ span }) => span.begin.session)).toEqual(['b']);
});

test('a bar ends even if the filter hides the reply', () => {
    const { rowsOf, wire, post, event } = createDiagram();
    for (let id = 1; id <= 6; id++) {
        post({ id, method: 'ping' });
        event({ id, result: {} });
    }
    const { list } = rowsOf(wire.entries().filter(({ kind }) => kind === 'post'));
    expect(list.map(barsOf)).toEqual([1, 3, 5, 7, 9, 11].map(seq => [`${seq} 0 begin`]));
});

test('the gap lasts from a drop until the stream is open again, in the lane of the stream', () => {
    const { rows, post, drop, open } = createDiagram();
    const gapsIn = ({ gaps }: Row['lines']) => gaps.map(({ lane, part }) => `${lane} ${part}`);
    const gaps = () => rows().list.map(({ lines }) => gapsIn(lines));
    open();
    drop();
    post({ id: 1, method: 'ping' });
    drop();
    expect([gaps(), gapsIn(rows().tail)]).toEqual([[[], ['0 begin'], ['0 through'], ['0 through']], ['0 through']]);
    open('b');
    drop('b');
    open('b');
    open();
    post({ id: 2, method: 'ping' });
    expect(gaps().slice(4)).toEqual([['0 through'], ['0 through', '1 begin'], ['0 through', '1 end'], ['0 end'], []]);
    expect(
        rows()
            .tail.bands.map(({ span, lane }) => `${span.session} ${lane}`)
            .sort()
    ).toEqual(['a 0', 'b 1']);
});

test('the band of a stream begins at the request for it, and keeps its lane over a drop', () => {
    const { rows, wire, post, drop, open } = createDiagram();
    const bandsOf = ({ lines }: Row) => lines.bands.map(({ span, lane, part }) => `${span.session}${lane} ${part}`);
    wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'raw' });
    wire.record('b', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'raw' });
    open('b');
    open();
    drop();
    wire.record('a', { kind: 'reconnecting', url: 'http://calc.test/sse', lastEventId: 's:4' });
    open();
    post({ id: 1, method: 'ping' });
    wire.record('a', { kind: 'closed', reason: 'asked' });
    expect(rows().list.map(bandsOf)).toEqual([
        ['a0 begin'],
        ['a0 through', 'b1 begin'],
        ['a0 through', 'b1 through'],
        ['a0 through', 'b1 through'],
        ['a0 end', 'b1 through'],
        ['b1 through', 'a0 begin'],
        ['b1 through', 'a0 through'],
        ['b1 through', 'a0 through'],
        ['b1 through', 'a0 end']
    ]);
    expect(rows().width).toBe(2);
});

test('the streams that answer POSTs have short bands next to the stream of GET', () => {
    const { rows, wire, post, open } = createDiagram();
    open();
    post({ id: 1, method: 'tools/call' });
    wire.record('a', { kind: 'answered', number: 1, status: 200, statusText: 'OK', stream: true });
    const data = JSON.stringify({ jsonrpc: '2.0', id: 1, result: {} });
    wire.record('a', { kind: 'event', event: 'message', id: '', data, post: 1 });
    wire.record('a', { kind: 'ended', number: 1 });
    post({ id: 2, method: 'tools/call' });
    wire.record('a', { kind: 'answered', number: 2, status: 200, statusText: 'OK' });
    wire.record('a', { kind: 'json', number: 2, data: data.replace('1', '2') });
    const parts = rows().list.map(({ kind, lines }) => [kind, ...lines.bands.map(({ part }) => part)].join(' '));
    expect(parts).toEqual([
        'answer begin',
        'arrow through',
        'answer through begin',
        'arrow through through',
        'tick through end',
        'arrow through',
        'answer through',
        'arrow through'
    ]);
});

test('the handshake lasts until the user calls, another session opens or the stream breaks', () => {
    const handshake = () => {
        const diagram = createDiagram();
        diagram.wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'raw' });
        diagram.open();
        diagram.endpoint('/messages');
        diagram.post({ id: 1, method: 'initialize' });
        diagram.event({ id: 1, result: {} });
        diagram.answer();
        diagram.post({ method: 'notifications/initialized' });
        diagram.answer();
        diagram.post({ id: 2, method: 'tools/list' }, { automatic: true });
        diagram.event({ id: 2, result: {} });
        diagram.beat();
        expect(diagram.rows().isHandshake).toBe(true);
        return diagram;
    };
    const after = (act: (diagram: ReturnType<typeof createDiagram>) => void) => {
        const diagram = handshake();
        act(diagram);
        return diagram.rows().isHandshake;
    };
    expect(after(({ post }) => post({ id: 3, method: 'tools/call' }))).toBe(false);
    expect(after(({ event }) => event({ method: 'notifications/message' }))).toBe(false);
    expect(after(({ drop }) => drop())).toBe(false);
    expect(after(({ open }) => open('b'))).toBe(false);
});

test('a response that broke is torn until a GET continues it, next to the stream of GET', () => {
    const { wire, bands, reaches, rows } = createDiagram();
    const url = 'http://calc.test/mcp';
    wire.record('a', { kind: 'connecting', url, reader: 'raw' });
    wire.record('a', { kind: 'opened', lastEventId: '' });
    wire.record('a', { kind: 'post', number: 3, url, body: '{}' });
    const answered = wire.record('a', { kind: 'answered', number: 3, status: 200, statusText: 'OK', stream: true });
    const broke = wire.record('a', { kind: 'ended', number: 3, detail: 'network error', resumes: true });
    const again = wire.record('a', { kind: 'reconnecting', url, lastEventId: 's:1:0', post: 3 });
    const opened = wire.record('a', { kind: 'opened', lastEventId: 's:1:0', post: 3 });
    expect(bands.of(broke.seq)).toMatchObject([{ post: 3, begin: answered, end: broke }]);
    expect(bands.of(opened.seq)).toMatchObject([{ post: 3, begin: again, opened, end: undefined }]);
    expect(reaches.of(again.seq)).toEqual({ state: 'reached', by: opened });
    const lanes = rows().list.map(({ lines: { bands, gaps } }) =>
        [...bands, ...gaps].map(({ lane, part }) => `${lane} ${part}`)
    );
    expect(lanes).toEqual([
        ['0 begin'],
        ['0 through'],
        ['0 through'],
        ['0 through', '1 begin'],
        ['0 through', '1 end', '1 begin'],
        ['0 through', '1 begin', '1 through'],
        ['0 through', '1 through', '1 end']
    ]);
    expect(rows().tail.bands.map(({ span }) => span.post)).toEqual([undefined, 3]);
});
