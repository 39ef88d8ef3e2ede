import { expect, test } from 'vitest';
import { createRecord } from './record.ts';

test('every entry has a number, a time, a size and a summary of its JSON-RPC message', () => {
    const { wire, post, event, pass } = createRecord();
    post({ id: 1, method: 'tools/call' });
    pass(5);
    event({ id: 1, result: {} });
    wire.record('a', { kind: 'event', event: 'message', id: '', data: 'é€😀 is not JSON' });
    wire.record('a', { kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' });
    expect(wire.entries()).toMatchObject([
        { seq: 1, at: 1000, session: 'a', rpc: { kind: 'request', id: 1, method: 'tools/call' } },
        { seq: 2, at: 1005, rpc: { kind: 'result', id: 1 }, bytes: 36 },
        { seq: 3, bytes: 9 + ' is not JSON'.length },
        { seq: 4, bytes: 13 }
    ]);
    expect(wire.entries()[2]).not.toHaveProperty('rpc');
    expect(wire.get(2)).toMatchObject({ seq: 2, kind: 'event' });
    expect([wire.get(0), wire.get(5)]).toEqual([undefined, undefined]);
});

test('the record evicts the oldest entries beyond maxEntries and tells its listeners', () => {
    const { wire, event } = createRecord({ maxEntries: 3 });
    const evicted: number[] = [];
    const stop = wire.subscribe({ evicted: ({ seq }) => evicted.push(seq) });
    for (let id = 1; id <= 10; id++) event({ id, result: {} });
    expect(evicted).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(wire.entries().map(({ seq }) => seq)).toEqual([8, 9, 10]);
    expect([7, 8, 9, 10].map(seq => wire.get(seq)?.seq)).toEqual([undefined, 8, 9, 10]);
    expect(wire.entries(9).map(({ seq }) => seq)).toEqual([8, 9]);
    expect(wire.entries(2)).toEqual([]);
    stop();
    event({ id: 11, result: {} });
    expect(evicted).toHaveLength(7);
});

test('the record evicts the oldest entries beyond maxBytes, but keeps the newest of any size', () => {
    const { wire } = createRecord({ maxBytes: 100 });
    const add = (length: number) =>
        wire.record('a', { kind: 'event', event: 'message', id: '', data: 'x'.repeat(length) });
    add(60);
    add(40);
    expect([wire.size, wire.bytes]).toEqual([2, 100]);
    add(1);
    expect([wire.size, wire.bytes]).toEqual([2, 41]);
    add(500);
    expect([wire.size, wire.bytes]).toEqual([1, 500]);
});

test('clear removes all entries, and numbers continue', () => {
    const { wire, event } = createRecord();
    event({ id: 1, result: {} });
    wire.clear();
    expect([wire.size, wire.bytes, wire.get(1)]).toEqual([0, 0, undefined]);
    expect(event({ id: 2, result: {} }).seq).toBe(2);
    expect(wire.entries().map(({ seq }) => seq)).toEqual([2]);
    expect(wire.get(2)?.seq).toBe(2);
});
