// The promises that the load measures: P1, P3, P10 and a part of P5.
import type { LateEvent } from '../cluster/exchanges.ts';
import { percentile } from '../judge/judge-recovery.ts';
import type { Fact } from '../judge/record.ts';
import { type LoadResult, notMeasurable, type Outcome, passedIf, toMs } from './promise.ts';

const FULL_CALLS = 10_000;
const LONGEST_RECOVERY_MS = 3000;

/** P1: requests land anywhere, and no session that lives is unknown. */
export function judgeRouting({ system, facts, calls, counts }: LoadResult): Outcome {
    const refused = countUnknown(facts);
    const enough = calls.calls >= FULL_CALLS ? '' : ` (of ${FULL_CALLS} in a full run)`;
    const measured = `${calls.calls} calls${enough} over ${counts.length} processes (${counts.join(', ')} requests), ${refused} 404 for sessions that live`;
    if (system.isSticky) return { verdict: 'failed', measured: `needs sticky routing; with it: ${measured}` };
    return passedIf(refused === 0 && calls.calls > 0, measured);
}

/** P3: nothing that was accepted is lost, doubled or sent to another session, and clients are back in time. */
export function judgeCrashes({ calls, recovery }: LoadResult): Outcome {
    const { lost, twice, foreign, accepted } = calls;
    const times = recovery.usual.map(({ ms }) => ms);
    const timesOfStop = recovery.ofStop.map(({ ms }) => ms);
    const p99 = percentile(times, 99);
    const numbers = [
        `${accepted} accepted: lost ${lost.length}, twice ${twice.length}, foreign ${foreign.length}`,
        `recovery p50 ${toMs(percentile(times, 50))}, p99 ${toMs(p99)} of ${times.length} breaks, p99 ${toMs(percentile(timesOfStop, 99))} while a process was stopped`,
        `streams and calls that did not come back ${recovery.never.length}`,
        `calls that failed for the program ${sum(calls.failures.values())}`
    ];
    const isWhole = lost.length + twice.length + foreign.length + recovery.never.length === 0;
    if (isWhole && p99 === undefined) return notMeasurable(numbers.join('; '));
    return passedIf(isWhole && p99 !== undefined && p99 <= LONGEST_RECOVERY_MS, numbers.join('; '));
}

/** P5, as far as the load shows it: what becomes of calls whose session was in the data that was lost. */
export function judgeDataLoss({ system, facts, calls }: LoadResult): Outcome {
    if (!system.usesRedis) return notMeasurable('no Redis that could lose its data');
    if (!facts.some(fact => fact.kind === 'fault' && fact.name === 'redis-data-lost')) return notMeasurable('no time');
    const { gaps, notIncreasing, endedWithData } = calls;
    const numbers = `gaps in event ids ${gaps.length}, ids that do not increase ${notIncreasing.length}, calls that ended with the data and a notice ${endedWithData}`;
    if (!facts.some(({ kind }) => kind === 'event'))
        return { verdict: 'failed', measured: 'no event has an id: every gap is silent' };
    return passedIf(gaps.length + notIncreasing.length === 0, numbers);
}

/** P10: SIGTERM spreads the clients over time, and a process that was stopped sends nothing when it wakes. */
export function judgeHandover({ facts, lateEvents, calls }: LoadResult): Outcome {
    const retries = retriesOfHandover(facts);
    const late = lateEvents.filter(event => wasStopped(facts, event));
    const numbers = [
        `\`retry:\` at SIGTERM ${retries.length} times with ${new Set(retries).size} values`,
        `events of the process that was stopped, after it woke, on streams that others had continued: ${late.length}`,
        `lost ${calls.lost.length}`
    ];
    const hasJitter = new Set(retries).size > 1;
    return passedIf(hasJitter && late.length + calls.lost.length === 0, numbers.join('; '));
}

/** Whether the process had been stopped before. Another one that left the rotation did not know of that. */
function wasStopped(facts: readonly Fact[], { at, upstream }: LateEvent): boolean {
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

function sum(numbers: Iterable<number>): number {
    let total = 0;
    for (const number of numbers) total += number;
    return total;
}
