import type { Fact, FaultName } from './record.ts';

/** In milliseconds of `performance.now()`. */
export interface Period {
    from: number;
    to: number;
}

export const overlaps = (periods: readonly Period[], begin: number, end: number) =>
    periods.some(({ from, to }) => from <= end && begin <= to);

/** When these faults lasted. */
export function findPeriods(facts: readonly Fact[], ...names: FaultName[]): Period[] {
    const periods: Period[] = [];
    for (const fact of facts) {
        if (fact.kind !== 'fault' || !names.includes(fact.name)) continue;
        if (fact.phase === 'begin') periods.push({ from: fact.at, to: Infinity });
        else Object.assign(periods.at(-1) ?? {}, { to: fact.at });
    }
    return periods;
}
