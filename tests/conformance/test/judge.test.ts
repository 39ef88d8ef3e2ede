import { expect, test } from 'vitest';
import type { ExpectedFailure } from '../src/suite/expected-failures.ts';
import { judge } from '../src/suite/judge.ts';
import type { Check } from '../src/suite/parse-run.ts';

const good: Check = { id: 'answers', status: 'SUCCESS' };
const bad: Check = { id: 'ping', status: 'FAILURE', errorMessage: 'Failed: fetch failed' };
const warned: Check = { id: 'retry', status: 'WARNING', errorMessage: 'no retry field' };
const ofPing: ExpectedFailure = { suite: '2025-11-25', scenario: 'ping', check: 'ping', why: 'the suite is wrong' };

function outcome(checks: Check[], expected: ExpectedFailure[] = []) {
    return judge([{ scenario: 'ping', checks }], expected);
}

test('a scenario passes when no check has failed', () => {
    const skipped: Check = { id: 'optional', status: 'SKIPPED' };
    expect(outcome([good, skipped, good])).toEqual([
        { scenario: 'ping', outcome: 'passed', text: '2 checks, 1 not applicable' }
    ]);
});

test.each([bad, warned])('a check with $status fails its scenario', check => {
    expect(outcome([good, check])).toEqual([
        { scenario: 'ping', outcome: 'failed', text: `${check.id}: ${check.errorMessage}` }
    ]);
});

test('a scenario that checked nothing has failed', () => {
    expect(outcome([{ id: 'content-type', status: 'INFO' }])).toMatchObject([{ outcome: 'failed' }]);
});

test('an expected failure is reported with its reason', () => {
    expect(outcome([good, bad], [ofPing])).toEqual([
        { scenario: 'ping', outcome: 'expected', text: 'ping: Failed: fetch failed (the suite is wrong)' }
    ]);
});

test('an expected failure excuses no other check', () => {
    expect(outcome([bad, warned], [ofPing])).toMatchObject([{ outcome: 'failed', text: 'retry: no retry field' }]);
});

test('an expected failure that passes, or names no scenario, fails the run', () => {
    expect(outcome([good], [ofPing])).toMatchObject([
        { outcome: 'failed', text: expect.stringContaining('take it off') }
    ]);
    expect(outcome([good], [{ ...ofPing, scenario: 'pong' }])).toMatchObject([
        { scenario: 'ping', outcome: 'passed' },
        { scenario: 'pong', outcome: 'failed' }
    ]);
});
