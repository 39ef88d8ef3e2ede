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

test('a second reply counts as twice, unless it repeats the first for a client that posted again', () => {
    const replies = [reply(1, 's:1'), reply(1, 's:2')];
    expect(judgeCalls(record(posted(1), accepted(1), ...replies)).twice).toEqual(['s 1']);
    expect(judgeCalls(record(posted(1), accepted(1), posted(1), ...replies)).twice).toEqual([]);
    const other = reply(1, 's:2', 1, 'chaos 1, a second later');
    expect(judgeCalls(record(posted(1), posted(1), accepted(1), reply(1, 's:1'), other)).twice).toEqual(['s 1']);
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
