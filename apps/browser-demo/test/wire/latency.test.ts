import { expect, test } from 'vitest';
import { createExchanges } from '../../src/wire/exchanges.ts';
import { createLastAnswered, summarizeLatency } from '../../src/wire/latency.ts';
import { createWire, type Wire } from '../../src/wire/wire.ts';

/** A call that takes so many milliseconds, and its reply. */
function call(wire: Wire, id: number, ms: number, outcome: object = { result: {} }): void {
    const at = id * 1000;
    const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call' });
    wire.record('A', { kind: 'post', number: id, url: 'http://calculator.test/messages', body }, at);
    const data = JSON.stringify({ jsonrpc: '2.0', id, ...outcome });
    wire.record('A', { kind: 'event', event: 'message', id: '', data }, at + ms);
}

function follow(count = 50) {
    const wire = createWire({ now: () => 0 });
    const exchanges = createExchanges(wire);
    call(wire, 1, 10);
    return { wire, exchanges, last: createLastAnswered(wire, exchanges, count) };
}

test('the calls answered last are the same whether they are followed or were there before', () => {
    const { wire, exchanges, last } = follow(3);
    for (let id = 2; id <= 6; id++) call(wire, id, id, id === 5 ? { error: { code: -1, message: 'no' } } : undefined);
    expect(createLastAnswered(wire, exchanges, 3).list()).toEqual(last.list());
    expect(summarizeLatency(last.list())).toMatchObject({
        points: [{ ms: 4 }, { ms: 5, isError: true }, { ms: 6, isError: false }],
        median: 5,
        p95: 6
    });
});

test('only an answer changes them, the first to each call', () => {
    const { wire, last } = follow();
    const before = last.list();
    const body = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call' });
    wire.record('A', { kind: 'post', number: 2, url: 'http://calculator.test/messages', body });
    wire.record('A', { kind: 'event', event: 'message', id: '', data: '{"jsonrpc":"2.0","method":"notifications/x"}' });
    wire.record('A', { kind: 'event', event: 'message', id: '', data: '{"jsonrpc":"2.0","id":1,"result":{}}' });
    expect(last.list()).toBe(before);
    call(wire, 3, 1);
    expect(last.list()).toHaveLength(2);
});

test('none are left of a record that was cleared, and none come after the end', () => {
    const { wire, last } = follow();
    wire.clear();
    expect(last.list()).toEqual([]);
    last.stop();
    call(wire, 2, 1);
    expect(last.list()).toEqual([]);
});
