import type { Cluster } from '../cluster/cluster.ts';
import type { LateEvent } from '../cluster/exchanges.ts';
import type { CallVerdict } from '../judge/judge-calls.ts';
import type { RecoveryVerdict } from '../judge/judge-recovery.ts';
import type { Fact } from '../judge/record.ts';
import type { Options } from '../options.ts';
import type { System } from '../systems.ts';

/** What was measured of a promise. */
export interface Outcome {
    verdict: 'passed' | 'failed' | 'not measurable';
    /** The numbers, or the reason. */
    measured: string;
}

/** What the probes have. The cluster is quiet: its sessions are those of the probes. */
export interface Quiet {
    system: System;
    options: Options;
    cluster: Cluster;
    progress(text: string): void;
}

/** What was measured under load. */
export interface LoadResult {
    system: System;
    options: Options;
    facts: readonly Fact[];
    calls: CallVerdict;
    recovery: RecoveryVerdict;
    /** Requests that each process got. */
    counts: readonly number[];
    lateEvents: readonly LateEvent[];
}

export const passedIf = (isGood: boolean, measured: string): Outcome => ({
    verdict: isGood ? 'passed' : 'failed',
    measured
});

export const notMeasurable = (measured: string): Outcome => ({ verdict: 'not measurable', measured });

/** Rounds a time. */
export const toMs = (ms: number | undefined) => (ms === undefined ? 'none' : `${Math.round(ms)} ms`);
