import { expect, test } from 'vitest';
import type { WireFact } from '../../../src/mcp/transport/wire-fact.ts';
import { countdownOf, createSessions } from '../../../src/wire/status/session-status.ts';
import { createRecord } from '../record.ts';

const url = 'http://calc.test/mcp';
const rpc = (body: object) => JSON.stringify({ jsonrpc: '2.0', ...body });

/** A session after its handshake. */
function openSession() {
    const { wire, pass, now } = createRecord();
    const sessions = createSessions(wire);
    const add = (fact: WireFact) => wire.record('a', fact);
    const status = () => {
        const found = sessions.get('a');
        if (!found) throw new Error('there is no session a');
        return found;
    };
    const initialize = (sessionId: string) => {
        add({ kind: 'post', number: 1, url, body: rpc({ id: 1, method: 'initialize' }) });
        const headers = { 'mcp-session-id': sessionId };
        add({ kind: 'answered', number: 1, status: 200, statusText: 'OK', headers });
    };
    initialize('one');
    return { add, status, initialize, pass, now };
}

/** A session with a stream of GET. */
function openStreaming() {
    const opened = openSession();
    const { add } = opened;
    add({ kind: 'json', number: 1, data: rpc({ id: 1, result: {} }) });
    add({ kind: 'connecting', url, reader: 'raw' });
    add({ kind: 'opened', lastEventId: '' });
    const call = () => {
        add({ kind: 'post', number: 3, url, body: rpc({ id: 3, method: 'tools/call' }) });
        add({ kind: 'answered', number: 3, status: 200, statusText: 'OK', stream: true });
        add({ kind: 'retry', ms: 700, raw: '', post: 3 });
    };
    return { ...opened, call };
}

test('a session is open after its handshake, with or without a stream of GET', () => {
    const { add, status } = openSession();
    expect(status()).toMatchObject({ phase: 'connecting', transport: 'streamable', url, reader: 'raw' });
    add({ kind: 'json', number: 1, data: rpc({ id: 1, result: {} }) });
    expect(status()).toMatchObject({ phase: 'open', sessionId: 'one', isOpen: false });
    add({ kind: 'connecting', url, reader: 'raw' });
    add({ kind: 'declined', status: 405, statusText: '' });
    expect(status()).toMatchObject({ phase: 'open', drops: 0, attempts: 0 });
});

test('it is dropped while a stream that broke is not open again, and then resumed', () => {
    const { add, status, call, pass, now } = openStreaming();
    call();
    add({ kind: 'dropped' });
    add({ kind: 'ended', number: 3, detail: 'network error', resumes: true });
    expect(status()).toMatchObject({ phase: 'dropped', drops: 2, attempts: 0 });
    expect(countdownOf(status(), now())).toBe(700);
    add({ kind: 'reconnecting', url, lastEventId: 's:0:1' });
    add({ kind: 'dropped', detail: 'fetch failed' });
    expect(status()).toMatchObject({ phase: 'dropped', drops: 2, attempts: 1 });
    pass(700);
    add({ kind: 'opened', lastEventId: 's:0:1' });
    expect(status()).toMatchObject({ phase: 'dropped', isOpen: true });
    add({ kind: 'opened', lastEventId: 's:3:0', post: 3 });
    expect(status()).toMatchObject({ phase: 'resumed', drops: 2, droppedAt: undefined });
    add({ kind: 'ended', number: 3 });
    expect(status()).toMatchObject({ phase: 'resumed', drops: 2, responses: [] });
});

test('a response that broke for good counts as a drop, and does not wait for anything', () => {
    const { add, status, call } = openStreaming();
    call();
    add({ kind: 'ended', number: 3, detail: 'network error' });
    expect(status()).toMatchObject({ phase: 'open', drops: 1, droppedAt: undefined });
});

test('a response that the server ended and that continues does not count as a drop', () => {
    const { add, status, call } = openStreaming();
    call();
    add({ kind: 'ended', number: 3, resumes: true });
    add({ kind: 'opened', lastEventId: 's:3:0', post: 3 });
    expect(status()).toMatchObject({ phase: 'open', drops: 0 });
});

test('a new session keeps the number of drops and has another id', () => {
    const { add, status, initialize } = openStreaming();
    add({ kind: 'dropped' });
    add({ kind: 'closed', reason: 'failed', detail: 'session-replaced' });
    expect(status()).toMatchObject({ phase: 'closed', sessionId: 'one', isOpen: false, down: [] });
    initialize('two');
    expect(status()).toMatchObject({ phase: 'connecting', sessionId: 'two', drops: 1, closed: undefined });
});
