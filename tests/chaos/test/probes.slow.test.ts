import { expect, test } from 'vitest';
import { judgeAcceptance } from '../src/promises/acceptance.ts';
import { findProblems } from '../src/promises/take-over.ts';

const good = {
    unknown: { times: [5], not404: 0 },
    crash: { accepted: 15, silent: 0 },
    paused: [503, 503, 503, 503, 503]
};

test('P2 cannot be measured if no POST was accepted', () => {
    expect(judgeAcceptance(good).verdict).toBe('passed');
    const none = { ...good, crash: { accepted: 0, silent: 0 } };
    expect(judgeAcceptance(none).verdict).toBe('not measurable');
    expect(judgeAcceptance({ ...none, unknown: { times: [5], not404: 1 } }).verdict).toBe('failed');
});

test.each([[202], [500], [0]])('P2 requires 503 while Redis acknowledges nothing, not %i', status => {
    expect(judgeAcceptance({ ...good, paused: [503, status] }).verdict).toBe('failed');
});

test('P2 fails if a 404 takes too long, and says what is allowed', () => {
    const { verdict, measured } = judgeAcceptance({ ...good, unknown: { times: [51], not404: 0 } });
    expect(verdict).toBe('failed');
    expect(measured).toContain('p99 51 ms, which may be 50 ms');
});

test('P4 needs a second run of a call that may be repeated, and no second run of another', () => {
    expect(findProblems('slow-read', { text: 'ran' }, 2)).toEqual([]);
    expect(findProblems('slow-read', { text: 'ran' }, 1)).toEqual(['ran 1 time: no takeover was measured']);
    expect(findProblems('slow-read', { text: 'ran' }, 0)).toEqual(['ran 0 times: no takeover was measured']);
    expect(findProblems('slow-write', { error: 'the outcome is not known' }, 1)).toEqual([]);
    expect(findProblems('slow-write', { error: 'the outcome is not known' }, 2)).toEqual(['ran 2 times']);
});
