import { expect, test } from 'vitest';
import { COLOURS, countdownOf, createSessions } from '../../../src/wire/status/session-status.ts';
import { createRecord } from '../record.ts';

function openSession() {
    const record = createRecord();
    const sessions = createSessions(record.wire);
    const status = () => {
        const found = sessions.get('a');
        if (!found) throw new Error('there is no session a');
        return found;
    };
    const connect = (session = 'a') =>
        record.wire.record(session, { kind: 'connecting', url: 'http://calc.test/sse', reader: 'native' });
    const open = (endpoint = '/messages?sessionId=one') => {
        record.wire.record('a', { kind: 'opened', lastEventId: '' });
        record.endpoint(endpoint);
    };
    const drop = () => record.wire.record('a', { kind: 'dropped' });
    return { ...record, sessions, status, connect, open, drop };
}

test('a session connects, opens, drops, resumes and closes', () => {
    const { wire, status, connect, open, drop } = openSession();
    connect();
    expect(status()).toMatchObject({ phase: 'connecting', url: 'http://calc.test/sse', reader: 'native', colour: 0 });
    open();
    expect(status()).toMatchObject({ phase: 'open', endpoint: '/messages?sessionId=one', drops: 0 });
    drop();
    expect(status()).toMatchObject({ phase: 'dropped', drops: 1 });
    open();
    expect(status()).toMatchObject({ phase: 'resumed', droppedAt: undefined });
    drop();
    open('/messages?sessionId=two');
    expect(status()).toMatchObject({ phase: 'open', endpoint: '/messages?sessionId=two', drops: 2 });
    wire.record('a', { kind: 'closed', reason: 'asked' });
    expect(status()).toMatchObject({ phase: 'closed', closed: { reason: 'asked' } });
    connect();
    expect(status()).toMatchObject({ phase: 'connecting', closed: undefined, endpoint: undefined });
});

test('the countdown uses retry if known, then the last reconnect, then the default', () => {
    const { wire, status, connect, open, drop, pass, now } = openSession();
    connect();
    open();
    expect(countdownOf(status(), now())).toBeUndefined();
    drop();
    pass(500);
    expect([status().retry.basis, countdownOf(status(), now())]).toEqual(['assumed', 1500]);
    pass(2600);
    expect(countdownOf(status(), now())).toBe(0);
    open();
    drop();
    expect([status().retry, countdownOf(status(), now())]).toEqual([{ ms: 3100, basis: 'measured' }, 3100]);
    wire.record('a', { kind: 'retry', ms: 700, raw: 'retry: 700\n\n' });
    expect(countdownOf(status(), now())).toBe(700);
    pass(900);
    drop();
    expect([status().retry.basis, countdownOf(status(), now())]).toEqual(['told', 700]);
});

test('sessions have different colours, and a free colour is reused', () => {
    const { sessions, connect } = openSession();
    const keys = Array.from({ length: COLOURS + 1 }, (_, index) => `session ${index}`);
    for (const key of keys) connect(key);
    const colours = () => sessions.list().map(({ colour }) => colour);
    expect(colours()).toEqual([0, 1, 2, 3, 4, 5, 0]);
    sessions.remove('session 2');
    connect('one more');
    expect(colours()).toEqual([0, 1, 3, 4, 5, 0, 2]);
    connect('session 2');
    expect(sessions.get('session 2')).toBeUndefined();
    expect([...sessions.recorded]).toEqual([...keys, 'one more']);
});
