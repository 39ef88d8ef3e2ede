import { expect, test } from 'vitest';
import { formatMessage, type Language, type Message } from '../../../src/i18n/i18n.ts';
import { createBands } from '../../../src/wire/diagram/bands.ts';
import { labelOf, shortEventId } from '../../../src/wire/diagram/label.ts';
import { createReaches } from '../../../src/wire/diagram/reach.ts';
import { createResumptions } from '../../../src/wire/diagram/resumptions.ts';
import { sentenceOf } from '../../../src/wire/diagram/sentence.ts';
import { createSpans } from '../../../src/wire/diagram/spans.ts';
import { createTally } from '../../../src/wire/diagram/tally.ts';
import { toDuration } from '../../../src/wire/duration.ts';
import { toClock } from '../../../src/wire/entry-text.ts';
import { createExchanges } from '../../../src/wire/exchanges.ts';
import type { WireEntry } from '../../../src/wire/wire-entry.ts';
import { createRecord } from '../record.ts';

const say = (what: Message | string | undefined, language: Language = 'en') =>
    (typeof what === 'object' ? formatMessage(language, what) : what)?.replaceAll('\u00A0', ' ');

function createLabels() {
    const record = createRecord();
    const exchanges = createExchanges(record.wire);
    const bands = createBands(record.wire);
    const spans = createSpans(record.wire, exchanges, bands);
    const reaches = createReaches(record.wire, exchanges);
    const resumptions = createResumptions(record.wire, exchanges);
    const label = (...entries: [WireEntry, ...WireEntry[]]) => {
        const [{ seq }] = entries;
        return labelOf(entries, {
            exchange: exchanges.of(seq),
            span: spans.of(seq),
            reach: reaches.of(seq),
            fold: fold(entries),
            isAttempt: entries[0].kind === 'dropped' && bands.of(seq).length === 0,
            lastEventId: resumptions.lastEventId(seq),
            isReplayed: resumptions.isReplayed(seq)
        });
    };
    const fold = (entries: readonly WireEntry[]) => {
        const tally = createTally();
        for (const entry of entries) tally.add(entry);
        return entries.length > 1 ? ({ kind: 'heartbeats', id: 1, isOpen: false, tally } as const) : undefined;
    };
    return {
        ...record,
        label,
        /** The label of a row, as text. */
        told: (...entries: [WireEntry, ...WireEntry[]]) => {
            const { id, text, mark, remark, reach, took, aside, tone } = label(...entries);
            return [say(id), say(text), say(mark), say(remark), say(reach), say(took), say(aside), tone]
                .filter(Boolean)
                .join(' | ');
        },
        sentence: (entry: WireEntry, session?: string, language: Language = 'en') =>
            say(sentenceOf(entry, label(entry), session), language)?.replace(/^[\d:.]+, /, '')
    };
}

test('a request, the answer to its POST and its reply have different labels with the same id', () => {
    const { told, post, answer, wire, pass } = createLabels();
    const call = post({ id: 3, method: 'tools/call', params: { name: 'add', arguments: {} } });
    const accepted = answer();
    pass(12);
    const data = JSON.stringify({ jsonrpc: '2.0', id: 3, result: {} });
    const reply = wire.record('a', { kind: 'event', event: 'message', id: '0123456789abcdef:4', data });
    const again = wire.record('a', { kind: 'event', event: 'message', id: '0123456789abcdef:4', data });
    expect([call, accepted, reply, again].map(entry => told(entry))).toEqual([
        'request 3 | tools/call add | arrived: known 0 ms later | POST',
        'request 3 | 202 Accepted | POST',
        'request 3 | result | 12 ms | event …:4',
        'request 3 | result | event …:4'
    ]);
});

test('errors, refusals and missing answers stand out', () => {
    const { told, post, event, wire } = createLabels();
    post({ id: 1, method: 'resources/read', params: { uri: 'calc://constants' } });
    const failed = event({ id: 1, error: { code: -32602, message: 'No' } });
    const refused = wire.record('a', { kind: 'answered', number: 1, status: 404, statusText: 'Not Found' });
    const lost = wire.record('a', { kind: 'answered', number: 9, status: 0, statusText: '' });
    expect([failed, refused, lost].map(entry => told(entry))).toEqual([
        'request 1 | error | 0 ms | error',
        'request 1 | 404 Not Found | POST | error',
        'no answer | POST | error'
    ]);
});

test('a row says how long it took until the request was known to have arrived, or that it is unknown', () => {
    const { told, sentence, post, answer, pass, wire } = createLabels();
    const call = post({ id: 1, method: 'ping' });
    expect(told(call)).toBe('request 1 | ping | no answer yet | not known yet whether it arrived');
    pass(4000);
    answer(1);
    expect(told(call)).toBe('request 1 | ping | known 4.0 s later | arrived: known 4.0 s later | POST');
    const lost = post({ id: 2, method: 'ping' });
    wire.record('a', { kind: 'answered', number: 2, status: 0, statusText: '' });
    expect(told(lost)).toBe('request 2 | ping | lost? | no answer: it may have arrived | warning');
    expect(sentence(lost)).toBe('browser to server: POST ping, request 2, no answer: it may have arrived');
    const body = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'ping' });
    const retry = { kind: 'post', number: 3, url: 'http://calc.test/messages', body, idempotencyKey: '"2"' } as const;
    expect(told(wire.record('a', retry))).toMatch(/^request 2 \| ping \| sent again \| no answer yet/);
    const again = { kind: 'reconnecting', url: 'http://calc.test/sse', lastEventId: 's:4', late: true } as const;
    expect(sentence(wire.record('a', again))).toMatch(/GET \/sse, known now, .*, Last-Event-ID: s:4$/);
});

test('the answer to a POST shows the type of its body, and what the row of the stream says comes from its headers', () => {
    const { told, post, wire } = createLabels();
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'mcp-session-id': 'abc' };
    post({ id: 1, method: 'tools/call', params: { name: 'add' } });
    const answered = { kind: 'answered', number: 1, status: 200, statusText: 'OK', headers, stream: true } as const;
    expect(told(wire.record('a', answered))).toBe('request 1 | 200 OK | text/event-stream');
    const data = JSON.stringify({ jsonrpc: '2.0', id: 1, result: {} });
    const reply = wire.record('a', { kind: 'event', event: 'message', id: 's:1', data, post: 1 });
    expect(told(reply)).toBe('request 1 | result | 0 ms | event s:1');
    expect(told(wire.record('a', { kind: 'ended', number: 1 }))).toBe('response ended');
    const broke = wire.record('a', { kind: 'ended', number: 1, detail: 'network error' });
    expect(told(broke)).toBe('response broke off | network error | error');
    const opened = wire.record('a', { kind: 'opened', lastEventId: '', headers });
    expect(told(opened)).toBe('200, stream open | text/event-stream');
    post({ id: 2, method: 'ping' });
    const json = wire.record('a', { kind: 'json', number: 2, data: data.replace('1', '2') });
    expect(told(json)).toBe('request 2 | result | 0 ms');
});

test('messages that are not replies are labelled by what they are', () => {
    const { told, post, event, endpoint, wire } = createLabels();
    const get = wire.record('a', { kind: 'connecting', url: 'http://calc.test/calc/sse', reader: 'native' });
    const first = wire.record('a', { kind: 'opened', lastEventId: '' });
    const retry = wire.record('a', { kind: 'retry', ms: 2000, raw: 'retry: 2000\n\n' });
    const beat = wire.record('a', { kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' });
    const read = post({ id: 2, method: 'resources/read', params: { uri: 'calc://constants' } });
    const said = post({ method: 'notifications/initialized' });
    const asked = event({ id: 1, method: 'roots/list' });
    const place = endpoint('/messages?sessionId=secret');
    const odd = wire.record('a', { kind: 'event', event: 'greeting', id: '', data: 'hello' });
    expect([get, first, retry, beat, read, said, asked, place, odd].map(entry => told(entry))).toEqual([
        'GET /calc/sse | arrived: known 0 ms later',
        '200, stream open | text/event-stream',
        'retry: 2000',
        'heartbeat',
        'request 2 | resources/read calc://constants | no answer yet | not known yet whether it arrived',
        'notifications/initialized | no answer yet | not known yet whether it arrived',
        'request 1 | roots/list',
        'endpoint /messages | event s:0',
        'greeting'
    ]);
    expect(told(beat, beat, beat)).toBe('3 heartbeats');
    expect(told(beat, { ...beat, at: beat.at + 2000 })).toBe('2 heartbeats | in 2.0 s');
});

test('a drop, the resumed or new session, and replayed events have labels', () => {
    const { told, post, event, endpoint, wire, pass } = createLabels();
    wire.record('a', { kind: 'opened', lastEventId: '' });
    post({ id: 1, method: 'ping' });
    const dropped = wire.record('a', { kind: 'dropped', detail: 'network error' });
    pass(2000);
    const opened = wire.record('a', { kind: 'opened', lastEventId: '0123456789abcdef:7' });
    endpoint('/messages?sessionId=x');
    const resumed = wire.record('a', { kind: 'resumed' });
    post({ id: 2, method: 'ping' });
    const missed = event({ id: 1, result: {} });
    const live = event({ id: 2, result: {} });
    pass(1000);
    const later = event({ method: 'notifications/message' });
    expect([dropped, opened, resumed, missed, live, later].map(entry => told(entry))).toEqual([
        'stream dropped | network error | error',
        '200, open again after 2.0 s | text/event-stream',
        'session resumed after event …:7 | good',
        'request 1 | result | replayed | 2.0 s',
        'request 2 | result | 0 ms',
        'notifications/message'
    ]);
    const closed = wire.record('a', { kind: 'closed', reason: 'refused' });
    expect([wire.record('a', { kind: 'replaced' }), closed].map(entry => told(entry))).toEqual([
        'new session: the old one no longer exists | warning',
        'stream refused | error'
    ]);
});

test('replayed events are recognized by short pauses, even if the page is slow to draw', () => {
    const { told, post, event, wire, pass } = createLabels();
    for (const id of [1, 2, 3]) post({ id, method: 'ping' });
    wire.record('a', { kind: 'dropped' });
    pass(2000);
    wire.record('a', { kind: 'opened', lastEventId: 's:7' });
    wire.record('a', { kind: 'resumed' });
    const missed = [1, 2, 3].map(id => {
        pass(40);
        return event({ id, result: {} });
    });
    pass(200);
    const later = event({ method: 'notifications/message' });
    expect(missed.map(entry => told(entry).includes('replayed'))).toEqual([true, true, true]);
    expect(told(later)).not.toMatch('replayed');
});

test('a row has a sentence for screen readers, in both languages', () => {
    const { sentence, label, post, event, answer, pass, wire } = createLabels();
    const call = post({ id: 3, method: 'tools/call', params: { name: 'add' } });
    pass(1500);
    const reply = event({ id: 3, result: {} });
    const accepted = answer();
    const dropped = wire.record('a', { kind: 'dropped' });
    expect(sentence(call, 'A')).toBe(
        'session A, browser to server: POST tools/call add, request 3, arrived: known 1.5 s later'
    );
    expect(sentence(call)).toBe('browser to server: POST tools/call add, request 3, arrived: known 1.5 s later');
    expect(sentence(reply)).toBe('server to browser: result, request 3, after 1.5 s');
    expect(sentence(reply, 'A', 'fr')).toBe('session A, du serveur au navigateur : result, requête 3, après 1,5 s');
    expect(sentence(accepted)).toBe('server to browser: 202 Accepted, request 3, after its reply?');
    expect(sentence(dropped)).toBe('in the browser: stream dropped');
    const lost = wire.record('a', { kind: 'answered', number: 9, status: 0, statusText: '' });
    expect(sentence(lost)).toMatch('in the browser: no answer');
    expect(say(sentenceOf(call, label(call)))).toMatch(/^\d\d:\d\d:\d\d\.\d{3}, browser/);
});

test.each([
    [0, '0 ms'],
    [12.4, '12 ms'],
    [999.7, '1.0 s'],
    [2049, '2.0 s'],
    [59_960, '1 min 0 s'],
    [83_000, '1 min 23 s']
])('%d milliseconds are shown as %s', (ms, text) => {
    expect(say(toDuration(ms))).toBe(text);
});

test('the part of an event id that changes is shown', () => {
    expect(['s:4', '0123456789abcdef:14', '0123456789abcdef'].map(shortEventId)).toEqual(['s:4', '…:14', '0123456…']);
});

test('a time of the day has milliseconds', () => {
    expect(toClock(new Date(2026, 0, 2, 9, 30, 18, 91).getTime())).toBe('09:30:18.091');
});
