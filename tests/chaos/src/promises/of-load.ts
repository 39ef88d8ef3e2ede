// The promises that the load measures: P1, P3, P10 and a part of P5.
import type { LateEvent } from '../cluster/exchanges.ts';
import type { CallVerdict } from '../judge/judge-calls.ts';
import { percentile } from '../judge/judge-recovery.ts';
import type { Fact } from '../judge/record.ts';
import { type LoadResult, notMeasurable, type Outcome, passedIf, toMs } from './promise.ts';

const FULL_CALLS = 10_000;
const LONGEST_RECOVERY_MS = 3000;
/** Servers that refuse most calls lose none of them, and show nothing. */
const MOST_FAILED_PERCENT = 5;

/** P1: requests land anywhere, and no session that lives is unknown. */
export function judgeRouting({ system, facts, calls, counts }: LoadResult): Outcome {
    const refused = countUnknown(facts);
    const { calls: done } = calls;
    const measured = `${done} calls over ${counts.length} processes (${counts.join(', ')} requests), ${refused} 404 for sessions that live`;
    if (system.isSticky) return { verdict: 'failed', measured: `needs sticky routing; with it: ${measured}` };
    return judge(calls, refused === 0 && done > 0, [measured, ...(failsOften(calls) ? [countFailed(calls)] : [])]);
}

/** P3: nothing that was accepted is lost, doubled or sent to another session, and clients are back in time. */
export function judgeCrashes({ calls, recovery }: LoadResult): Outcome {
    const { lost, twice, foreign, accepted } = calls;
    const times = recovery.usual.map(({ ms }) => ms);
    const timesOfStop = recovery.ofStop.map(({ ms }) => ms);
    const p99 = percentile(times, 99);
    const numbers = [
        `${accepted} accepted: lost ${lost.length}, twice ${twice.length}, foreign ${foreign.length}`,
        `recovery p50 ${toMs(percentile(times, 50))}, p99 ${toMs(p99)} of ${times.length} breaks, p99 ${toMs(percentile(timesOfStop, 99))} while a process was frozen (SIGSTOP)`,
        `streams and calls that did not come back ${recovery.never.length}`,
        countFailed(calls)
    ];
    const isWhole = lost.length + twice.length + foreign.length + recovery.never.length === 0;
    const isMeasured = accepted > 0 && p99 !== undefined;
    if (isWhole && !isMeasured && !failsOften(calls)) return notMeasurable(numbers.join('; '));
    return judge(calls, isWhole && isMeasured && p99 <= LONGEST_RECOVERY_MS, numbers);
}

/** P5, as far as the load shows it: what becomes of calls whose session was in the data that was lost. */
export function judgeDataLoss({ system, facts, calls }: LoadResult): Outcome {
    if (!system.usesRedis) return notMeasurable('no Redis that could lose its data');
    if (!facts.some(fact => fact.kind === 'fault' && fact.name === 'redis-data-lost')) return notMeasurable('no time');
    const { gaps, notIncreasing, endedWithData } = calls;
    const numbers = `gaps in event ids ${gaps.length}, ids that do not increase ${notIncreasing.length}, calls that were lost with the data of Redis, and whose client was told ${endedWithData}`;
    if (!facts.some(({ kind }) => kind === 'event'))
        return { verdict: 'failed', measured: 'no event has an id: every gap is silent' };
    return passedIf(gaps.length + notIncreasing.length === 0, numbers);
}

/** P10: SIGTERM spreads the clients over time, and a process that was frozen (SIGSTOP) sends nothing when it wakes. */
export function judgeHandover({ facts, lateEvents, calls }: LoadResult): Outcome {
    const retries = retriesOfHandover(facts);
    const late = lateEvents.filter(event => wasFrozen(facts, event));
    const numbers = [
        `\`retry:\` at SIGTERM ${retries.length} times with ${new Set(retries).size} values`,
        `events that the frozen process sent after it woke, on streams that another process had continued: ${late.length}`,
        `lost ${calls.lost.length}`
    ];
    const hasJitter = new Set(retries).size > 1;
    return judge(calls, hasJitter && late.length + calls.lost.length === 0, numbers);
}

/** Whether the process had been frozen before. Another one that left the rotation did not know of that. */
function wasFrozen(facts: readonly Fact[], { at, upstream }: LateEvent): boolean {
    return facts.some(
        fact => fact.kind === 'fault' && fact.name === 'stop' && fact.server === upstream && fact.at < at
    );
}

/** Values of `retry:` that came while a process ended, besides the value that each stream begins with. */
function retriesOfHandover(facts: readonly Fact[]): number[] {
    const usual = facts.find(fact => fact.kind === 'retry');
    let isEnding = false;
    const values: number[] = [];
    for (const fact of facts) {
        if (fact.kind === 'fault' && fact.name === 'terminate') isEnding = fact.phase === 'begin';
        if (isEnding && fact.kind === 'retry' && fact.ms !== (usual?.kind === 'retry' && usual.ms))
            values.push(fact.ms);
    }
    return values;
}

/** 404 for a session that was not lost with the data of Redis. */
function countUnknown(facts: readonly Fact[]): number {
    const bornAt = new Map<string, number>();
    let dataLostAt = -Infinity;
    let unknown = 0;
    for (const fact of facts) {
        if (fact.kind === 'fault' && fact.name === 'redis-data-lost' && fact.phase === 'begin') dataLostAt = fact.at;
        if (fact.kind !== 'status' || fact.session === '') continue;
        if (!bornAt.has(fact.session)) bornAt.set(fact.session, fact.at);
        if (fact.status === 404 && (bornAt.get(fact.session) ?? 0) > dataLostAt) unknown++;
    }
    return unknown;
}

/** Fails if too many calls failed, and says if there were too few. */
function judge(calls: CallVerdict, isGood: boolean, numbers: string[]): Outcome {
    if (!isGood || failsOften(calls)) return { verdict: 'failed', measured: numbers.join('; ') };
    const isShort = calls.calls < FULL_CALLS;
    const evidence = `too short to be evidence: ${calls.calls} of the ${FULL_CALLS} calls of a full run`;
    return { verdict: 'passed', measured: [...numbers, ...(isShort ? [evidence] : [])].join('; ') };
}

function failsOften(calls: CallVerdict): boolean {
    const failed = sum(calls.failures.values());
    return failed > ((calls.calls + failed) * MOST_FAILED_PERCENT) / 100;
}

function countFailed(calls: CallVerdict): string {
    const failed = sum(calls.failures.values());
    return `calls that failed for the program ${failed}${failed > 0 ? ` of ${calls.calls + failed}` : ''}`;
}

function sum(numbers: Iterable<number>): number {
    let total = 0;
    for (const number of numbers) total += number;
    return total;
}
