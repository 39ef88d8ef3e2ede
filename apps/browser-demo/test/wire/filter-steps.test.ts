import { expect, test } from 'vitest';
import { kindGroups, toggleDirection, toggleGroup, toggleSession, wantsGroup } from '../../src/wire/filter-steps.ts';

test('selections add up, and without any everything passes', () => {
    const one = toggleSession({ text: 'sum' }, 'A');
    const two = toggleSession(one, 'B');
    expect(two).toEqual({ text: 'sum', sessions: new Set(['A', 'B']) });
    expect(toggleSession(toggleSession(two, 'A'), 'B')).toEqual({ text: 'sum' });
    const kinds = toggleGroup(toggleGroup({}, 'events'), 'heartbeats');
    expect(kinds).toEqual({ kinds: new Set(['event', 'retry', 'comment']) });
    expect([wantsGroup(kinds, 'events'), wantsGroup(kinds, 'requests'), wantsGroup({}, 'here')]).toEqual([
        true,
        false,
        false
    ]);
    expect(toggleGroup(toggleGroup(kinds, 'events'), 'heartbeats')).toEqual({});
});

test('one direction can be selected, or both', () => {
    const sent = toggleDirection({}, 'to-server');
    expect(sent).toEqual({ direction: 'to-server' });
    expect(toggleDirection(sent, 'to-browser')).toEqual({ direction: 'to-browser' });
    expect(toggleDirection(sent, 'to-server')).toEqual({});
});

test('every kind of entry is in one group', () => {
    const kinds = Object.values(kindGroups).flat();
    expect([kinds.length, new Set(kinds).size]).toEqual([15, 15]);
});
