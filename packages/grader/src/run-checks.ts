import { type Check, CheckFailure, type Need, Unreachable } from './check.ts';
import type { Clause } from './clauses.ts';
import { adviseOnEnd, findError, lastWords } from './last-words.ts';
import { createRandom, type Random } from './random.ts';
import type { LearnerProcess } from './target.ts';
import { inLanguage, type Language, type Text, type Words } from './text.ts';

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
    /** The checks that could not run on this server, and what it lacks. The command prints them. */
    leftOut?: { title: Text; lacks: Need }[];
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
        const printedBefore = process?.output.length ?? 0;
        const outcome = await runCheck(check, attempt).finally(() => attempt.close());
        const passed = outcome.result.status === 'pass';
        if (process && !passed) await settle(process);
        const unreachable = explainEnd(process) ?? outcome.unreachable;
        if (unreachable) {
            const ended = describeEnd(check, process?.output ?? '');
            results.push({ ...outcome.result, ...ended, status: 'error', received: unreachable });
            return { lesson, status: 'error', seed, checks: results, unreachable };
        }
        const error = passed ? undefined : findError(process?.output.slice(printedBefore));
        results.push(error ? addError(outcome.result, error) : outcome.result);
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

/** What replaces the advice of a check that could not run. */
const STOPPED = {
    expected: { en: 'a server that listens and keeps running', fr: 'un serveur qui écoute et continue de tourner' },
    next: {
        en: 'Start the server, and read the last lines that it printed: they say why it ended.',
        fr: "Démarrez le serveur, et lisez les dernières lignes qu'il a affichées : elles disent pourquoi il s'est arrêté."
    }
};

/** What replaces the details of a failure. A check that expects the end also knows what causes it, at any moment. */
function describeEnd<A>({ ifEnded, sends, clause }: Check<A>, output: string): Partial<CheckResult> {
    if (ifEnded) return { ...ifEnded, sent: sends, reference: clause };
    const next = adviseOnEnd(output);
    return { ...STOPPED, ...(next && { next }) };
}

/** Waits until a process that is about to end has ended. */
async function settle(process: LearnerProcess): Promise<void> {
    await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, MAX_END_MS);
        void process.ended.then(() => {
            clearTimeout(timer);
            resolve();
        });
    });
}

/** Explains why a process that was not stopped on purpose has ended; undefined if it still runs. */
function explainEnd(process: LearnerProcess | undefined): Text | undefined {
    if (!process?.hasEnded || process.stoppedOnPurpose) return undefined;
    const printed = lastWords(process.output);
    return { en: `the process ended by itself\n${printed}`, fr: `le processus s'est arrêté tout seul\n${printed}` };
}

function addError(result: CheckResult, error: string): CheckResult {
    const received = (language: Language) => `${inLanguage(result.received, language)}\n${PRINTED[language]} ${error}`;
    const next = result.status === 'timeout' ? MEND : result.next;
    return { ...result, received: { en: received('en'), fr: received('fr') }, next };
}

const PRINTED = { en: 'and the server printed:', fr: 'et le serveur a affiché :' };

/** A server that threw cannot have replied, so this comes before the advice of the check. */
const MEND = {
    en: 'The server threw this error while it handled the request. Mend this first.',
    fr: "Le serveur a levé cette erreur en traitant la requête. Corrigez-la d'abord."
};
