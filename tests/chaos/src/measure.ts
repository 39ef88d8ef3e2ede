import { join } from 'node:path';
import { type Cluster, startCluster } from './cluster/cluster.ts';
import { judgeCalls } from './judge/judge-calls.ts';
import { judgeRecovery } from './judge/judge-recovery.ts';
import { runLoad } from './load/run-load.ts';
import type { Options } from './options.ts';
import { probeAcceptance } from './promises/acceptance.ts';
import { probeEventIds } from './promises/event-ids.ts';
import { probeFootprint } from './promises/footprint.ts';
import { probeGaps } from './promises/gaps.ts';
import type { PromiseName } from './promises/list.ts';
import { judgeCrashes, judgeDataLoss, judgeHandover, judgeRouting } from './promises/of-load.ts';
import { probeOrder } from './promises/order.ts';
import { probeOutage } from './promises/outage.ts';
import { type LoadResult, notMeasurable, type Outcome, type Quiet } from './promises/promise.ts';
import { probeTakeOver } from './promises/take-over.ts';
import { toProblems } from './report/problems.ts';
import type { Outcomes } from './report/table.ts';
import { ALICE, type System } from './systems.ts';
import { within } from './wait.ts';

const PROCESSES = 3;
/** What two slow cores do besides starting processes again and again. */
const CALLS_PER_SECOND = 120;
/** A run that is shorter does less of the rest as well. */
const FULL_SECONDS = 60;
const EVENTS = { full: 100_000, short: 5000 };
const LONGEST_PROBE_MS = 240_000;
const ROUNDS = { full: 3, short: 1 };

type Report = (name: PromiseName, outcome: Outcome) => void;

/** How a measurement tells what it does and finds. */
export interface Reporting {
    progress(text: string): void;
    /** Called with each promise as soon as it is measured. */
    report: Report;
    /** The folder for the logs of the servers. */
    logs: string;
}

/** Measures the promises. */
export async function measure(system: System, options: Options, { progress, report, logs }: Reporting) {
    const outcomes: Outcomes = {};
    const isAsked = (...names: PromiseName[]) =>
        options.only.length === 0 || names.some(name => options.only.includes(name));
    const note: Report = (name, outcome) => {
        if (!isAsked(name)) return;
        outcomes[name] = outcome;
        report(name, outcome);
    };
    const size = options.seconds >= FULL_SECONDS ? 'full' : 'short';
    /** Measures promises that share something. If that fails, so do those that have no outcome. */
    const measureTogether = async (names: PromiseName[], run: () => Promise<void>) => {
        if (!isAsked(...names)) return;
        try {
            await run();
        } catch (error) {
            const outcome = toFailure(error);
            progress(`${names.join(', ')}: ${outcome.measured}`);
            for (const name of names) if (!outcomes[name]) note(name, outcome);
        }
    };
    const start = (name: string, command: System['calculator']) =>
        startCluster({ ...system, processes: PROCESSES, seed: options.seed, command, logs: join(logs, name) });

    let gaps = notMeasurable('without the load');
    await measureTogether(['P1', 'P3', 'P10'], async () => {
        // Until the load shows something else.
        gaps = { verdict: 'failed', measured: 'the load failed' };
        await using cluster = await start('load', system.calculator);
        const result = await load(cluster, system, options, progress);
        note('P1', judgeRouting(result));
        note('P3', judgeCrashes(result));
        note('P10', judgeHandover(result));
        gaps = judgeDataLoss(result);
        progress(toProblems(result).join('\n'));
    });
    await measureTogether(['P2', 'P5', 'P7', 'P8', 'P9'], async () => {
        await using cluster = await start('single-requests', system.calculator);
        const quiet: Quiet = { system, options, cluster, progress };
        // First, so that its keys can go while the others run; and before Redis is emptied.
        const footprint = isAsked('P9') ? await probeFootprint(quiet) : undefined;
        if (isAsked('P7')) note('P7', await attempt(() => probeEventIds(quiet)));
        if (isAsked('P2')) note('P2', await attempt(() => probeAcceptance(quiet)));
        if (isAsked('P8')) note('P8', await attempt(() => probeOutage(quiet)));
        if (footprint) note('P9', await attempt(() => footprint.outcome()));
        if (isAsked('P5')) note('P5', await attempt(() => probeGaps(quiet, gaps)));
    });
    await measureTogether(['P4'], async () => {
        await using cluster = await start('slow-tools', system.slow);
        note('P4', await attempt(() => probeTakeOver(cluster, ROUNDS[size])));
    });
    if (isAsked('P6')) note('P6', await attempt(() => probeOrder(system.name, EVENTS[size])));
    return outcomes;
}

async function load(
    cluster: Cluster,
    system: System,
    options: Options,
    progress: (text: string) => void
): Promise<LoadResult> {
    const { sessions, seconds } = options;
    const facts = await runLoad({
        cluster,
        sessions,
        seconds,
        callsPerSecond: CALLS_PER_SECOND,
        token: ALICE,
        progress
    });
    const { counts, exchanges } = cluster.balancer;
    return {
        system,
        options,
        facts,
        calls: judgeCalls(facts),
        recovery: judgeRecovery(facts),
        counts,
        lateEvents: exchanges.lateEvents
    };
}

/** A probe that fails has measured that the promise does not hold. */
async function attempt(probe: () => Promise<Outcome>): Promise<Outcome> {
    try {
        const outcome = await within(probe(), LONGEST_PROBE_MS);
        return outcome ?? { verdict: 'failed', measured: `the probe did not end within ${LONGEST_PROBE_MS / 1000} s` };
    } catch (error) {
        return toFailure(error);
    }
}

const toFailure = (error: unknown): Outcome => ({
    verdict: 'failed',
    measured: `could not be measured: ${error instanceof Error ? error.message : error}`
});
