import type { Fact } from './record.ts';

export interface RecoveryVerdict {
    /** Times in milliseconds from a break to the next event or reply of the same session, while Redis was there. */
    times: number[];
    /** The same for breaks whose time overlaps with an outage of Redis. */
    timesOfOutage: number[];
    /** What broke and did not come back in the same session. */
    never: string[];
}

/** Finds out how long the clients were without what they waited for. */
export function judgeRecovery(facts: readonly Fact[]): RecoveryVerdict {
    const outages = findOutages(facts);
    const open = new Map<string, { at: number; session: string }>();
    const isOver = findOver(facts);
    const verdict: RecoveryVerdict = { times: [], timesOfOutage: [], never: [] };
    for (const fact of facts) {
        if (fact.kind === 'broken' && !open.has(fact.what)) open.set(fact.what, fact);
        if (fact.kind !== 'back') continue;
        const broken = open.get(fact.what);
        if (!broken) continue;
        open.delete(fact.what);
        const overlaps = outages.some(({ from, to }) => from <= fact.at && broken.at <= to);
        if (broken.session === fact.session)
            (overlaps ? verdict.timesOfOutage : verdict.times).push(fact.at - broken.at);
        else if (!overlaps && !isOver(broken.session))
            verdict.never.push(`${fact.what}, broken at ${broken.at}: in another session`);
    }
    for (const [what, { at, session }] of open) {
        if (!isOver(session) && !outages.some(({ to }) => at <= to)) verdict.never.push(`${what}, broken at ${at}`);
    }
    return verdict;
}

/** Which sessions were lost with the data of Redis: their clients cannot come back to them. */
function findOver(facts: readonly Fact[]): (session: string) => boolean {
    const over = new Set<string>();
    const known = new Set<string>();
    for (const fact of facts) {
        if ('session' in fact) known.add(fact.session);
        if (fact.kind !== 'fault' || fact.name !== 'redis-data-lost' || fact.phase !== 'begin') continue;
        for (const session of known) over.add(session);
    }
    return session => over.has(session);
}

function findOutages(facts: readonly Fact[]): { from: number; to: number }[] {
    const outages: { from: number; to: number }[] = [];
    for (const fact of facts) {
        if (fact.kind !== 'fault' || !fact.name.startsWith('redis')) continue;
        if (fact.phase === 'begin') outages.push({ from: fact.at, to: Infinity });
        else Object.assign(outages.at(-1) ?? {}, { to: fact.at });
    }
    return outages;
}

/** The smallest value that at least `percent` of all do not exceed (nearest rank); undefined of nothing. */
export function percentile(values: readonly number[], percent: number): number | undefined {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.max(Math.ceil((percent / 100) * sorted.length), 1) - 1];
}
