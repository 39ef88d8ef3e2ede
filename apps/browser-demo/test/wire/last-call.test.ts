import { expect, test } from 'vitest';
import { createExchanges } from '../../src/wire/exchanges.ts';
import { createLastCall, resultText } from '../../src/wire/last-call.ts';
import { createRecord } from './record.ts';

test('the last call is the last request of the user, not one that the page sends by itself', () => {
    const { wire, post, answer, event } = createRecord();
    const lastCall = createLastCall(wire, createExchanges(wire));
    expect(lastCall()).toBeUndefined();
    post({ id: 1, method: 'initialize' });
    post({ method: 'notifications/initialized' });
    expect(lastCall()).toBeUndefined();
    const call = post({ id: 2, method: 'tools/call' });
    post({ id: 3, method: 'tools/list' }, { automatic: true });
    post({ id: 9, result: {} });
    const answered = answer(3);
    const reply = event({ id: 2, result: {} });
    expect(lastCall()).toMatchObject({ sent: call, answered, reply });
    const other = post({ id: 2, method: 'ping' }, 'b');
    expect(lastCall()?.sent).toBe(other);
    wire.clear();
    expect(lastCall()).toBeUndefined();
});

test('the last call is known after it was evicted from the record', () => {
    const { wire, post } = createRecord({ maxEntries: 2 });
    const lastCall = createLastCall(wire, createExchanges(wire));
    const call = post({ id: 1, method: 'tools/call' });
    for (let id = 2; id < 6; id++) post({ id, method: 'tools/list' }, { automatic: true });
    expect(wire.entries()).not.toContain(call);
    expect(lastCall()?.sent).toBe(call);
});

test.each([
    [{ result: { content: [{ type: 'text', text: ' 2 + 3\n= 5 ' }], structuredContent: { sum: 5 } } }, '2 + 3 = 5'],
    [{ result: { contents: [{ uri: 'clock://now', text: 'noon' }] } }, 'noon'],
    [
        { result: { messages: [{ role: 'user', content: { type: 'text', text: 'What time is it?' } }] } },
        'What time is it?'
    ],
    [{ result: {} }, '{}'],
    [
        { result: { content: [{ type: 'image', data: 'x'.repeat(300) }] } },
        /^\{"content":\[\{"type":"image","data":"x+…$/
    ],
    [{ error: { code: -32602, message: 'No such tool' } }, 'No such tool']
])('the result of %j in one line', (body, expected) => {
    const { event } = createRecord();
    expect(resultText(event({ id: 1, ...body }))).toEqual(
        typeof expected === 'string' ? expected : expect.stringMatching(expected)
    );
});

test('the result of a deeply nested reply is its JSON', () => {
    const { wire } = createRecord();
    const data = `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(3000)}${']'.repeat(3000)}}`;
    expect(resultText(wire.record('a', { kind: 'event', event: 'message', id: '', data }))).toMatch(/^\[+…$/);
});
