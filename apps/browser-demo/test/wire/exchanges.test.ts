import { expect, test } from 'vitest';
import { createExchanges, latencyOf } from '../../src/wire/exchanges.ts';
import { createLastAnswered, summarizeLatency } from '../../src/wire/latency.ts';
import { createRecord } from './record.ts';

test('a request is paired with the status of its POST and its reply on the stream, in any order', () => {
    const { wire, post, answer, event, pass } = createRecord();
    const exchanges = createExchanges(wire);
    const slow = post({ id: 1, method: 'tools/call' });
    const quick = post({ id: 2, method: 'ping' });
    pass(3);
    // The stream is another connection and may be faster than the answer to the POST.
    const pong = event({ id: 2, result: {} });
    const accepted = answer(2);
    answer(1);
    pass(7);
    const failed = event({ id: 1, error: { code: -32602, message: 'No' } });
    expect(exchanges.all()).toMatchObject([
        { id: 1, method: 'tools/call', from: 'browser', sent: { seq: slow.seq }, reply: { seq: failed.seq } },
        { id: 2, method: 'ping', sent: { seq: quick.seq }, answered: { seq: accepted.seq }, reply: { seq: pong.seq } }
    ]);
    expect(exchanges.all().map(latencyOf)).toEqual([10, 3]);
    for (const { seq } of [quick, pong, accepted]) expect(exchanges.of(seq)?.id).toBe(2);
});

test('equal ids of different sessions, types or sides are different requests', () => {
    const { wire, post, event } = createRecord();
    const exchanges = createExchanges(wire);
    post({ id: 1, method: 'number' }, 'a');
    post({ id: '1', method: 'text' }, 'a');
    post({ id: 1, method: 'other' }, 'b');
    event({ id: 1, method: 'roots/list' }, 'a');
    event({ id: '1', result: {} }, 'a');
    post({ id: 1, result: {} }, 'a');
    const answered = exchanges.all().filter(({ reply }) => reply);
    expect(answered.map(({ from, method }) => `${from} ${method}`)).toEqual(['browser text', 'server roots/list']);
});

test('a second reply, or a reply without a request, is not paired', () => {
    const { wire, post, event, pass } = createRecord();
    const exchanges = createExchanges(wire);
    post({ id: 1, method: 'ping' });
    pass(2);
    event({ id: 1, result: {} });
    pass(50);
    const again = event({ id: 1, result: {} });
    const stray = event({ id: 9, result: {} });
    expect(exchanges.all().map(latencyOf)).toEqual([2]);
    expect([exchanges.of(again.seq), exchanges.of(stray.seq)]).toEqual([undefined, undefined]);
});

test('evicted entries are removed from the exchanges', () => {
    const { wire, post, event } = createRecord({ maxEntries: 2 });
    const exchanges = createExchanges(wire);
    for (let id = 1; id <= 5; id++) post({ id, method: 'ping' });
    event({ id: 1, result: {} });
    expect(exchanges.all().map(({ id }) => id)).toEqual([5]);
    wire.clear();
    expect(exchanges.all()).toEqual([]);
});

test('latency is summarized over the last answered calls', () => {
    const { wire, post, event, pass } = createRecord();
    const exchanges = createExchanges(wire);
    const last = createLastAnswered(wire, exchanges, 20);
    expect(summarizeLatency(last.list())).toEqual({
        points: [],
        median: undefined,
        p95: undefined,
        max: undefined
    });
    for (let id = 1; id <= 30; id++) {
        post({ id, method: 'ping' });
        pass(id);
        event(id === 30 ? { id, error: { code: 1, message: 'No' } } : { id, result: {} });
    }
    post({ id: 31, method: 'never' });
    const { points, ...rest } = summarizeLatency(last.list());
    expect(points.map(({ ms }) => ms)).toEqual(Array.from({ length: 20 }, (_, index) => index + 11));
    expect(points.at(-1)).toMatchObject({ method: 'ping', session: 'a', isError: true });
    expect(rest).toEqual({ median: 20, p95: 29, max: 30 });
});
