import { expect, test } from 'vitest';
import type { WireFact } from '../../src/mcp/transport/wire-fact.ts';
import { headersOf } from '../../src/wire/headers.ts';
import { createRecord } from './record.ts';

const url = 'http://calc.test/sse';
const groups = (fact: WireFact, answer?: WireFact) => {
    const { wire } = createRecord();
    return headersOf(wire.record('a', fact), answer && wire.record('a', answer)).map(({ side, fields, note }) => [
        side,
        fields.map(field => field.join(': ')),
        note
    ]);
};

test('a POST has the headers that the page sent, and those of the answer that the browser shows', () => {
    const post = { kind: 'post', number: 1, url, body: '{}', headers: { 'content-type': 'application/json' } } as const;
    const request = ['request', ['content-type: application/json'], 'added'];
    expect(groups(post)).toEqual([request]);
    const answered = { kind: 'answered', number: 1, status: 202, statusText: 'Accepted' } as const;
    expect(groups(post, { ...answered, headers: { date: 'Mon', 'content-length': '8' } })).toEqual([
        request,
        ['response', ['date: Mon', 'content-length: 8'], 'exposed']
    ]);
    // Without an answer there are no headers, and nothing was hidden.
    expect(groups(post, { ...answered, status: 0 })).toEqual([request]);
});

test('a POST of an old transcript has the headers that the page always sends', () => {
    const post = { kind: 'post', number: 1, url, body: '{}', authorization: 'Bearer wrong', idempotencyKey: '"7"' };
    expect(groups(post as WireFact)).toEqual([
        ['request', ['content-type: application/json', 'authorization: Bearer wrong', 'idempotency-key: "7"'], 'added']
    ]);
});

test('a request for a stream has the headers of the HTML standard, with Last-Event-ID if it resumes', () => {
    expect(groups({ kind: 'connecting', url, reader: 'native' })).toEqual([
        ['request', ['accept: text/event-stream'], 'added']
    ]);
    expect(groups({ kind: 'reconnecting', url, lastEventId: 's:7', late: true })).toEqual([
        ['request', ['accept: text/event-stream', 'last-event-id: s:7'], 'added']
    ]);
    const headers = { accept: 'text/event-stream', 'mcp-session-id': 'one' };
    expect(groups({ kind: 'reconnecting', url, lastEventId: '', headers })).toEqual([
        ['request', ['accept: text/event-stream', 'mcp-session-id: one'], 'added']
    ]);
});

test('an open stream has the headers of its answer, which EventSource hides', () => {
    expect(groups({ kind: 'opened', lastEventId: '' })).toEqual([['response', [], 'hidden']]);
    const headers = { 'content-type': 'text/event-stream' };
    expect(groups({ kind: 'opened', lastEventId: '', headers })).toEqual([
        ['response', ['content-type: text/event-stream'], 'exposed']
    ]);
    expect(groups({ kind: 'declined', status: 405, statusText: '', headers: { allow: 'POST' } })).toEqual([
        ['response', ['allow: POST'], 'exposed']
    ]);
});

test('events have no headers', () => {
    expect(groups({ kind: 'event', event: 'message', id: '', data: '{}' })).toEqual([]);
    expect(groups({ kind: 'dropped' })).toEqual([]);
});
