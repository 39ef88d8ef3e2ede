import { type Check, CheckFailure, Unreachable } from './check.ts';
import type { Clause } from './clauses.ts';
import { createRandom, type Random } from './random.ts';
import type { LearnerProcess } from './target.ts';
import type { Text, Words } from './text.ts';

export type Status = 'pass' | 'fail' | 'error' | 'timeout';

/** What came of one check. */
export interface CheckResult {
    id: string;
    title: Text;
    status: Status;
    sent: Words;
    received: Words;
    expected: Text;
    reference: Clause;
    next: Text;
}

export interface LessonResult {
    lesson: string;
    /** That of the first check that did not pass, or `pass`. */
    status: Status;
    seed: number;
    /** In teaching order, those that ran. */
    checks: CheckResult[];
    /** Set if the server could not be reached or its process ended: why nothing can be said. */
    unreachable?: Words;
}

export interface RunOptions {
    seed: number;
    /** Time limit of each wait, in milliseconds. */
    limitMs: number;
    /** Whether checks run after one that did not pass; by default they do not. */
    all?: boolean;
}

/** An attempt holds connections or processes until it is closed. */
interface Closable {
    lastSent: string;
    close(): void | Promise<void>;
}

/**
 * Runs checks in order, each with an attempt and random inputs of its own.
 *
 * @param process the process under test, if there is one: if it ends, checks cannot run.
 */
export async function runChecks<A extends Closable>(
    lesson: string,
    checks: readonly Check<A>[],
    createAttempt: (random: Random) => A,
    { seed, all = false }: RunOptions,
    process?: LearnerProcess
): Promise<LessonResult> {
    const results: CheckResult[] = [];
    for (const [index, check] of checks.entries()) {
        const attempt = createAttempt(createRandom(seed + index));
        const outcome = await runCheck(check, attempt).finally(() => attempt.close());
        const passed = outcome.result.status === 'pass';
        const end = passed || !process ? undefined : await explainEnd(process);
        const unreachable = end ?? outcome.unreachable;
        results.push(unreachable ? { ...outcome.result, status: 'error', received: unreachable } : outcome.result);
        if (unreachable) return { lesson, status: 'error', seed, checks: results, unreachable };
        if (!passed && !all) break;
    }
    const status = results.find(result => result.status !== 'pass')?.status ?? 'pass';
    return { lesson, status, seed, checks: results };
}

async function runCheck<A extends Closable>(check: Check<A>, attempt: A) {
    const { id, title, sends, expects, clause, next } = check;
    const result = { id, title, sent: sends, received: '', expected: expects, reference: clause, next };
    try {
        await check.run(attempt);
        return { result: { ...result, status: 'pass' } satisfies CheckResult };
    } catch (error) {
        const sent = attempt.lastSent || sends;
        if (error instanceof CheckFailure) {
            const { received, expected = expects, clause: reference = clause, next: advice = next } = error.details;
            const failed = { ...result, sent: error.details.sent || sent, received, expected, reference, next: advice };
            return { result: { ...failed, status: error.status } satisfies CheckResult };
        }
        const unreachable = error instanceof Unreachable ? error.reason : undefined;
        const received = unreachable ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
        return { result: { ...result, sent, received, status: 'error' } satisfies CheckResult, unreachable };
    }
}

/** How long a process that broke a connection may take to end, in milliseconds. */
const MAX_END_MS = 200;

/** Explains why a process that was not stopped on purpose has ended; undefined if it still runs. */
async function explainEnd(process: LearnerProcess): Promise<Text | undefined> {
    await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, MAX_END_MS);
        void process.ended.then(() => {
            clearTimeout(timer);
            resolve();
        });
    });
    if (!process.hasEnded || process.stoppedOnPurpose) return undefined;
    const printed = process.output.trimEnd().split('\n').slice(-6).join('\n');
    return { en: `the process ended by itself\n${printed}`, fr: `le processus s'est arrêté tout seul\n${printed}` };
}
