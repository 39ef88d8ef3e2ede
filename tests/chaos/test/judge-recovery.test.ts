import { expect, test } from 'vitest';
import { judgeRecovery, percentile } from '../src/judge/judge-recovery.ts';
import type { Fact, FaultName } from '../src/judge/record.ts';

const broken = (at: number, what = 'stream', session = 's'): Fact => ({ at, kind: 'broken', what, session });
const back = (at: number, what = 'stream', session = 's'): Fact => ({ at, kind: 'back', what, session });
const fault = (at: number, name: FaultName, phase: 'begin' | 'end'): Fact => ({ at, kind: 'fault', name, phase });

/** The verdict with times only. */
function judge(facts: readonly Fact[]) {
    const { usual, ofOutage, never } = judgeRecovery(facts);
    return { times: usual.map(({ ms }) => ms), timesOfOutage: ofOutage.map(({ ms }) => ms), never };
}

test('recovery is the time from the first break to the next event of the same thing', () => {
    const facts = [back(1), broken(10), broken(15), broken(12, 'call 7'), back(40), back(100, 'call 7')];
    expect(judge(facts)).toEqual({ times: [30, 88], timesOfOutage: [], never: [] });
});

test('a client that comes back in another session, or never, has not recovered', () => {
    expect(judge([broken(1), back(2, 'stream', 'new')])).toMatchObject({
        times: [],
        never: [expect.any(String)]
    });
    expect(judge([broken(1)])).toMatchObject({ times: [], never: [expect.any(String)] });
});

test('a session that was lost with the data of Redis does not come back', () => {
    const lost = [fault(10, 'redis-data-lost', 'begin'), fault(20, 'redis-data-lost', 'end')];
    const facts = [back(1), ...lost, broken(30), back(35, 'stream', 'new')];
    expect(judge(facts)).toEqual({ times: [], timesOfOutage: [], never: [] });
});

test('breaks while a process is frozen are counted apart', () => {
    const facts = [fault(10, 'stop', 'begin'), broken(15), back(18), fault(20, 'stop', 'end'), broken(40), back(45)];
    const { usual, ofStop } = judgeRecovery(facts);
    expect([usual, ofStop].map(recoveries => recoveries.map(({ ms }) => ms))).toEqual([[5], [3]]);
});

test('breaks while Redis is away are counted apart', () => {
    const outage = (at: number, to: number) => [fault(at, 'redis-restart', 'begin'), fault(to, 'redis-restart', 'end')];
    const [begin, end] = outage(10, 20) as [Fact, Fact];
    const facts = [begin, broken(15), end, back(30), broken(40), back(45)];
    expect(judge(facts)).toEqual({ times: [5], timesOfOutage: [15], never: [] });
});

test('a percentile is a measured value', () => {
    const values = Array.from({ length: 200 }, (_, index) => index + 1);
    expect([50, 99, 100].map(percent => percentile(values, percent))).toEqual([100, 198, 200]);
    expect(percentile([], 50)).toBeUndefined();
});
