import { expect, test } from 'vitest';
import { createExchanges } from '../../src/wire/exchanges.ts';
import { createLastAnswered, summarizeLatency } from '../../src/wire/latency.ts';
import { createWire, type Wire } from '../../src/wire/wire.ts';

/** Records a call that takes `ms` milliseconds, and its reply. */
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

test('the last answered calls are the same for old and for new entries', () => {
    const { wire, exchanges, last } = follow(3);
    for (let id = 2; id <= 6; id++) call(wire, id, id, id === 5 ? { error: { code: -1, message: 'no' } } : undefined);
    expect(createLastAnswered(wire, exchanges, 3).list()).toEqual(last.list());
    expect(summarizeLatency(last.list())).toMatchObject({
        points: [{ ms: 4 }, { ms: 5, isError: true }, { ms: 6, isError: false }],
        median: 5,
        p95: 6
    });
});

test('only the first reply to a call changes the list', () => {
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

test('clearing the record empties the list, and stop() ends its updates', () => {
    const { wire, last } = follow();
    wire.clear();
    expect(last.list()).toEqual([]);
    last.stop();
    call(wire, 2, 1);
    expect(last.list()).toEqual([]);
});
