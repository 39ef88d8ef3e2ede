import { findPeriods, overlaps } from './periods.ts';
import type { Fact } from './record.ts';

/** A break, and how long it took until the next event or reply of the same session. */
interface Recovery {
    what: string;
    session: string;
    /** In milliseconds of `performance.now()`. */
    brokenAt: number;
    ms: number;
}

export interface RecoveryVerdict {
    /** While Redis was there and no process was frozen. */
    usual: Recovery[];
    /** Those while a process was frozen (SIGSTOP): the load balancer needs some seconds to notice that. */
    ofStop: Recovery[];
    /** Those whose time overlaps with an outage of Redis. */
    ofOutage: Recovery[];
    /** What broke and did not come back in the same session. */
    never: string[];
}

/** Finds out how long the clients were without what they waited for. */
export function judgeRecovery(facts: readonly Fact[]): RecoveryVerdict {
    const outages = findPeriods(facts, 'redis-restart', 'redis-data-lost');
    const stops = findPeriods(facts, 'stop');
    const isOver = findOver(facts);
    const open = new Map<string, { at: number; session: string }>();
    const verdict: RecoveryVerdict = { usual: [], ofStop: [], ofOutage: [], never: [] };
    const noteNever = (what: string, { at, session }: { at: number; session: string }, until: number) => {
        if (!isOver(session) && !overlaps(outages, at, until))
            verdict.never.push(`${what} of ${session}, broken at ${at}`);
    };
    for (const fact of facts) {
        if (fact.kind === 'broken' && !open.has(fact.what)) open.set(fact.what, fact);
        if (fact.kind !== 'back') continue;
        const { what, session, at } = fact;
        const broken = open.get(what);
        if (!broken) continue;
        open.delete(what);
        if (broken.session !== session) noteNever(what, broken, at);
        else {
            const recovery = { what, session, brokenAt: broken.at, ms: at - broken.at };
            if (overlaps(outages, broken.at, at)) verdict.ofOutage.push(recovery);
            else if (overlaps(stops, broken.at, at)) verdict.ofStop.push(recovery);
            else verdict.usual.push(recovery);
        }
    }
    for (const [what, broken] of open) noteNever(what, broken, Infinity);
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

/** The smallest value that at least `percent` of all do not exceed (nearest rank); undefined of nothing. */
export function percentile(values: readonly number[], percent: number): number | undefined {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.max(Math.ceil((percent / 100) * sorted.length), 1) - 1];
}
