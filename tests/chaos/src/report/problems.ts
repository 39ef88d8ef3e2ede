import type { Fact } from '../judge/record.ts';
import type { LoadResult } from '../promises/promise.ts';

const MOST_SHOWN = 5;
const UNITS = 'as JSON, `at` in milliseconds:';

/** What went wrong under load, as lines that help to find the cause. */
export function toProblems({ facts, calls, recovery, lateEvents }: LoadResult): string[] {
    const { lost, twice, foreign, notIncreasing, gaps, failures } = calls;
    const late = lateEvents.map(({ at, upstream, text }) => `at ${at} by ${upstream}: ${text}`);
    const lists = { lost, twice, foreign, notIncreasing, gaps, never: recovery.never, late };
    const [first] = [...lost, ...twice, ...foreign];
    return [
        ...Object.entries(lists).flatMap(([what, list]) => list.slice(0, MOST_SHOWN).map(item => `${what}: ${item}`)),
        ...toSlowest(facts, recovery),
        ...toStory(facts, first ?? ''),
        ...[...failures].map(([reason, count]) => `failed ${count} times: ${reason}`)
    ];
}

/** The slowest recoveries, with what happened in their sessions meanwhile. */
function toSlowest(facts: readonly Fact[], recovery: LoadResult['recovery']): string[] {
    const slowest = recovery.usual.toSorted((a, b) => b.ms - a.ms).slice(0, MOST_SHOWN);
    if (slowest.length === 0) return [];
    const heading = `The slowest recoveries, each with what its client saw meanwhile; ${UNITS}`;
    const lines = slowest.flatMap(({ what, session, brokenAt, ms }) => [
        `slow: ${what} of ${session}, broken at ${brokenAt}, back after ${Math.round(ms)} ms`,
        ...facts
            .filter(({ at }) => at >= brokenAt - 1 && at <= brokenAt + ms + 1)
            .filter(fact => 'session' in fact && fact.session === session && fact.kind !== 'event')
            .map(toLine)
    ]);
    return [heading, ...lines];
}

/** The faults, and all facts about one request. @param name its session and its id as JSON; empty for no request. */
function toStory(facts: readonly Fact[], name: string): string[] {
    const [session, id] = name.split(' ');
    const isOfIt = (fact: Fact) =>
        'session' in fact && fact.session === session && 'id' in fact && JSON.stringify(fact.id) === id;
    const lines = facts.filter(fact => fact.kind === 'fault' || isOfIt(fact)).map(toLine);
    const heading = name === '' ? 'The faults' : `The faults, and what the client saw of request ${id} of ${session}`;
    return lines.length === 0 ? [] : [`${heading}; ${UNITS}`, ...lines];
}

const toLine = (fact: Fact) => `  ${JSON.stringify(fact)}`;
