import { expect, test } from 'vitest';
import { addStep, type Step } from '../../src/faults/fault-steps.ts';
import type { WireEntry } from '../../src/wire/wire-entry.ts';
import { createRecord } from '../wire/record.ts';

const stepsOf = (entries: readonly WireEntry[]) =>
    entries.reduce<readonly Step[]>((steps, entry) => addStep(steps, entry, 1000), []);

test('a drop and the reconnect become steps with their times', () => {
    const { wire, endpoint, pass } = createRecord();
    pass(5);
    wire.record('a', { kind: 'dropped' });
    pass(2000);
    wire.record('a', { kind: 'opened', lastEventId: 's:7' });
    endpoint('/messages?sessionId=s');
    wire.record('a', { kind: 'resumed' });
    expect(stepsOf(wire.entries())).toEqual([
        { kind: 'dropped', after: 5, count: 1, detail: '' },
        { kind: 'opened', after: 2005, count: 1, detail: 's:7' },
        { kind: 'resumed', after: 2005, count: 1, detail: '' }
    ]);
});

test('a failed request for the stream is a step of its own, not a drop', () => {
    const { wire } = createRecord();
    const drop = wire.record('a', { kind: 'dropped' });
    expect(addStep([], drop, 1000, true)).toEqual([{ kind: 'attempt', after: 0, count: 1, detail: '' }]);
    expect(addStep([], drop, 1000)).toEqual([{ kind: 'dropped', after: 0, count: 1, detail: '' }]);
});

test('equal steps in a row are counted as one step', () => {
    const { wire, post, answer, event, pass } = createRecord();
    for (const id of [1, 2]) post({ id, method: 'ping' });
    for (const number of [1, 2]) answer(number);
    pass(3000);
    for (const id of [1, 2]) event({ id, result: {} });
    expect(stepsOf(wire.entries())).toEqual([
        { kind: 'posted', after: 0, count: 2, detail: 'ping' },
        { kind: 'answered', after: 0, count: 2, detail: '202 Accepted' },
        { kind: 'replied', after: 3000, count: 2, detail: '' }
    ]);
});

test('a POST without an answer and a rejected POST are different steps', () => {
    const { wire } = createRecord();
    wire.record('a', { kind: 'answered', number: 1, status: 0, statusText: '' });
    wire.record('a', { kind: 'answered', number: 2, status: 404, statusText: 'Not Found' });
    const steps = stepsOf(wire.entries());
    expect(steps.map(({ kind, detail }) => [kind, detail])).toEqual([
        ['unanswered', ''],
        ['answered', '404 Not Found']
    ]);
});

test('heartbeats and notifications are not steps', () => {
    const { wire, event } = createRecord();
    event({ method: 'notifications/tools/list_changed' });
    wire.record('a', { kind: 'comment', text: '', raw: ':\n\n' });
    expect(stepsOf(wire.entries())).toEqual([]);
});

test('steps over Streamable HTTP: a response that broke, a GET that is refused, and a reply in a response', () => {
    const { wire, post } = createRecord();
    wire.record('a', { kind: 'ended', number: 1 });
    wire.record('a', { kind: 'ended', number: 2, detail: 'network error', resumes: true });
    wire.record('a', { kind: 'declined', status: 404, statusText: 'Not Found' });
    wire.record('a', { kind: 'closed', reason: 'failed', detail: 'session-replaced' });
    post({ id: 1, method: 'tools/list' }, { automatic: true });
    wire.record('a', { kind: 'json', number: 1, data: '{"jsonrpc":"2.0","id":1,"result":{}}' });
    expect(stepsOf(wire.entries()).map(({ kind, detail }) => [kind, detail])).toEqual([
        ['dropped', ''],
        ['declined', '404 Not Found'],
        ['replaced', ''],
        ['replied', 'response']
    ]);
});
