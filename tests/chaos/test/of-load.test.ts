import { expect, test } from 'vitest';
import { judgeCalls } from '../src/judge/judge-calls.ts';
import { judgeRecovery } from '../src/judge/judge-recovery.ts';
import type { Fact, NewFact } from '../src/judge/record.ts';
import { judgeCrashes, judgeRouting } from '../src/promises/of-load.ts';
import type { LoadResult } from '../src/promises/promise.ts';
import { toProblems } from '../src/report/problems.ts';

const broken: NewFact[] = [
    { kind: 'broken', what: 'stream', session: 's' },
    { kind: 'back', what: 'stream', session: 's' }
];
const answered: NewFact[] = [
    { kind: 'posted', session: 's', id: 1, number: 1 },
    { kind: 'accepted', session: 's', id: 1 },
    { kind: 'reply', session: 's', id: 1, number: 1, eventId: 's:1', content: 'chaos 1' }
];
const done = (count: number) => Array.from({ length: count }, (): NewFact => ({ kind: 'done' }));
const failed = (count: number) => Array.from({ length: count }, (): NewFact => ({ kind: 'failed', reason: '503' }));

function toResult(...news: NewFact[]) {
    const facts = news.map((fact, at) => ({ at, ...fact }) as Fact);
    const system: Partial<LoadResult['system']> = { isSticky: false, usesRedis: true };
    const verdicts = { calls: judgeCalls(facts), recovery: judgeRecovery(facts) };
    return { system, facts, ...verdicts, counts: [1, 1, 1], lateEvents: [] as const } as unknown as LoadResult;
}

test('P1 and P3 fail if more than 5 % of all calls failed for the program', () => {
    for (const judge of [judgeRouting, judgeCrashes]) {
        expect(judge(toResult(...broken, ...answered, ...done(95), ...failed(5))).verdict).toBe('passed');
        const { verdict, measured } = judge(toResult(...broken, ...answered, ...done(94), ...failed(6)));
        expect(verdict).toBe('failed');
        expect(measured).toContain('calls that failed for the program 6 of 100');
    }
});

test('P3 cannot be measured without an accepted call or a break', () => {
    expect(judgeCrashes(toResult(...broken)).verdict).toBe('not measurable');
    expect(judgeCrashes(toResult(...answered, ...done(1))).verdict).toBe('not measurable');
});

test('what passed with few calls says that they are too few', () => {
    const evidence = /too short to be evidence: \d+ of the 10000 calls of a full run/;
    expect(judgeRouting(toResult(...broken, ...answered, ...done(9999))).measured).toMatch(evidence);
    expect(judgeRouting(toResult(...broken, ...answered, ...done(10_000))).measured).not.toMatch(evidence);
    expect(judgeCrashes(toResult(...broken, ...answered, ...done(1))).measured).toMatch(evidence);
});

test('lines of JSON follow a heading that says what they are', () => {
    const lines = toProblems(
        toResult(...broken, ...answered.slice(0, 2), { kind: 'fault', name: 'cut', phase: 'begin' })
    );
    expect(lines.map(line => line.replace(/^ +\{.*/, 'JSON'))).toEqual([
        'lost: s 1',
        'The slowest recoveries, each with what its client saw meanwhile; as JSON, `at` in milliseconds:',
        'slow: stream of s, broken at 0, back after 1 ms',
        'JSON',
        'JSON',
        'JSON',
        'The faults, and what the client saw of request 1 of s; as JSON, `at` in milliseconds:',
        'JSON',
        'JSON',
        'JSON'
    ]);
});
