import { expect, test } from 'vitest';
import { formatMessage } from '../../../src/i18n/i18n.ts';
import { notesOf } from '../../../src/wire/diagram/notes.ts';
import { createReaches } from '../../../src/wire/diagram/reach.ts';
import { createExchanges } from '../../../src/wire/exchanges.ts';
import type { WireEntry } from '../../../src/wire/wire-entry.ts';
import { createRecord } from '../record.ts';

function createNotes() {
    const record = createRecord();
    const exchanges = createExchanges(record.wire);
    const reaches = createReaches(record.wire, exchanges);
    const notes = (entry: WireEntry) =>
        notesOf(entry, exchanges.of(entry.seq), reaches.of(entry.seq)).map(note =>
            typeof note === 'string' ? note : formatMessage('en', note).replaceAll('\u00A0', ' ')
        );
    return { ...record, notes };
}

test('a request is explained by what proves that it arrived, and when', () => {
    const { notes, post, answer, pass, wire } = createNotes();
    const call = post({ id: 1, method: 'ping' });
    expect(notes(call)[0]).toMatch(/^There is no answer yet/);
    pass(35);
    answer();
    expect(notes(call)).toEqual(['It arrived. The page knows this from the answer 202 Accepted, 35 ms later.']);
    const lost = post({ id: 2, method: 'ping' });
    wire.record('a', { kind: 'answered', number: 2, status: 0, statusText: '' });
    expect(notes(lost)[0]).toMatch(/^It failed at [\d:.]+ without an answer\. It may have arrived/);
    const get = wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'raw' });
    wire.record('a', { kind: 'opened', lastEventId: '' });
    expect(notes(get)[0]).toMatch('from the open stream, 0 ms later');
});

test('a 202 is explained by the two connections if it comes after its reply', () => {
    const { notes, post, answer, event } = createNotes();
    post({ id: 1, method: 'ping' });
    expect(notes(answer())[0]).toMatch(/^202 only says/);
    post({ id: 2, method: 'ping' });
    event({ id: 2, result: {} });
    expect(notes(answer())[0]).toMatch(/^Why after the reply\? They travel on two connections/);
});

test('the stream shows its headers, and a reply explains its two numbers', () => {
    const { notes, post, wire } = createNotes();
    const headers = { 'content-type': 'text/event-stream' };
    const opened = wire.record('a', { kind: 'opened', lastEventId: '', headers });
    expect(notes(opened).slice(1)).toEqual(['content-type: text/event-stream']);
    post({ id: 6, method: 'ping' });
    const data = JSON.stringify({ jsonrpc: '2.0', id: 6, result: {} });
    const reply = wire.record('a', { kind: 'event', event: 'message', id: '0123456789abcdef:6', data });
    expect(notes(reply)[0]).toMatch(/request 6 is the JSON-RPC id.*event …:6 is the place on the stream/);
});
