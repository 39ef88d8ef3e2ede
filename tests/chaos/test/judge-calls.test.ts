import { expect, test } from 'vitest';
import { judgeCalls } from '../src/judge/judge-calls.ts';
import type { Fact, NewFact } from '../src/judge/record.ts';

/** A record whose facts come a millisecond after each other. */
const record = (...facts: NewFact[]) => facts.map((fact, at) => ({ at, ...fact }) as Fact);

const posted = (id: number, number = id): NewFact => ({ kind: 'posted', session: 's', id, number });
const accepted = (id: number): NewFact => ({ kind: 'accepted', session: 's', id });
const reply = (
    id: number,
    eventId?: string,
    number: number | undefined = id,
    content = `chaos ${number}`
): NewFact => ({
    kind: 'reply',
    session: 's',
    id,
    number,
    eventId,
    content
});
const event = (position: number, stream = 's'): NewFact => ({
    kind: 'event',
    session: 's',
    eventId: `${stream}:${position}`
});
const ended: NewFact = { kind: 'session-ended', session: 's' };
const dataLost = (phase: 'begin' | 'end'): NewFact => ({ kind: 'fault', name: 'redis-data-lost', phase });

test('an accepted call with one reply is neither lost, twice nor foreign', () => {
    const verdict = judgeCalls(record(posted(1), accepted(1), reply(1, 's:1')));
    expect(verdict).toMatchObject({ accepted: 1, lost: [], twice: [], foreign: [] });
});

test('an accepted call without a reply is lost, a refused one is not', () => {
    expect(judgeCalls(record(posted(1), accepted(1), posted(2)))).toMatchObject({ accepted: 1, lost: ['s 1'] });
});

test('a call whose session ended is lost, unless Redis had lost its data', () => {
    expect(judgeCalls(record(posted(1), accepted(1), ended)).lost).toEqual(['s 1']);
    const facts = record(posted(1), accepted(1), dataLost('begin'), dataLost('end'), ended);
    expect(judgeCalls(facts)).toMatchObject({ lost: [], endedWithData: 1 });
});

test('a call that was accepted before Redis lost its data is lost if its client never learns that', () => {
    const facts = record(posted(1), accepted(1), dataLost('begin'), dataLost('end'));
    expect(judgeCalls(facts)).toMatchObject({ lost: ['s 1'], endedWithData: 0 });
});

test('a call that was lost long before Redis lost its data did not end with the data', () => {
    const call: Fact[] = [{ at: 0, ...posted(1) } as Fact, { at: 1, ...accepted(1) } as Fact];
    const loss = (at: number) => [dataLost('begin'), dataLost('end'), ended].map(fact => ({ at, ...fact }) as Fact);
    expect(judgeCalls([...call, ...loss(10_001)])).toMatchObject({ lost: [], endedWithData: 1 });
    expect(judgeCalls([...call, ...loss(10_002)])).toMatchObject({ lost: ['s 1'], endedWithData: 0 });
});

test('a second reply counts as twice, unless it repeats the first for a client that posted again', () => {
    const twice = (...replies: NewFact[]) => judgeCalls(record(posted(1), posted(1), accepted(1), ...replies)).twice;
    expect(judgeCalls(record(posted(1), accepted(1), reply(1, 's:1'), reply(1, 's:1'))).twice).toEqual(['s 1']);
    expect(twice(reply(1, 's:1:1'), reply(1, 's:1:1'))).toEqual([]);
    expect(twice(reply(1), reply(1, 's:1:1'))).toEqual([]);
    expect(twice(reply(1, 's:1:1'), reply(1, 's:1:1', 1, 'chaos 1, a second later'))).toEqual(['s 1']);
});

test('two replies at two positions of a stream are twice, whatever their content', () => {
    const replies = [reply(1, 's:1'), reply(1, 's:2')];
    expect(judgeCalls(record(posted(1), posted(1), accepted(1), ...replies)).twice).toEqual(['s 1']);
});

test('a reply with the number of another call, for an unknown request, or on the stream of another session is foreign', () => {
    expect(judgeCalls(record(posted(1), accepted(1), reply(1, 's:1', 2))).foreign).toEqual(['s 1']);
    expect(judgeCalls(record(reply(1))).foreign).toEqual(['s 1']);
    expect(judgeCalls(record(posted(1), accepted(1), reply(1, 'other:1'))).foreign).toEqual(['s 1']);
});

test('positions increase by one in each stream', () => {
    const verdict = judgeCalls(record(event(1), event(2), event(1, 's:7'), event(2), event(5)));
    expect(verdict).toMatchObject({ notIncreasing: ['s:2'], gaps: ['s:5'] });
});

test('a stream begins at 1, or after the position that its opening or Last-Event-ID names', () => {
    const begins = (eventId: string): NewFact => ({ kind: 'begins', session: 's', eventId });
    expect(judgeCalls(record(event(5), event(6))).gaps).toEqual(['s:5']);
    expect(judgeCalls(record(begins('s:4'), event(5))).gaps).toEqual([]);
    expect(judgeCalls(record(begins('s:0'), event(1), begins('s:4'), event(5))).gaps).toEqual(['s:5']);
});
