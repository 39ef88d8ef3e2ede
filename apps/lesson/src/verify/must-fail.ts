import type { LessonResult } from '@calc/grader';
import { compareWords, describeGolden, type FailureWords, failedCheck } from './golden.ts';
import { HostFailure } from './run/server-host.ts';

/** A server, client or page that must fail. */
export interface MustFail {
    /** `problem`, or the name of a variant. */
    name: string;
    /** The id of the check that must be the first to fail. */
    check: string;
    /** The words of the golden files; undefined if any words will do. */
    golden: FailureWords | undefined;
    /** Ways to grade it, from the fastest to the surest: the next is taken if the result is not as expected. */
    ways: (() => Promise<LessonResult>)[];
}

/** What came of it. */
export interface Failed {
    words: FailureWords;
    /** How many ways it took. */
    tries: number;
    /** What is not as expected. */
    fault?: string;
}

export async function gradeMustFail(subject: MustFail): Promise<Failed> {
    let failed: Failed = { words: { en: '', fr: '' }, tries: 0 };
    for (const [index, way] of subject.ways.entries()) {
        const tries = index + 1;
        try {
            const result = await way();
            const words = describeGolden(subject.name, result);
            const fault = findFault(subject, result, words);
            failed = { words, tries, ...(fault && { fault }) };
            // A busy machine causes time-outs. Without words to compare, only a second try shows the cause.
            const isSure = result.status !== 'timeout' || subject.golden !== undefined;
            if (!fault && isSure) break;
        } catch (error) {
            if (!(error instanceof HostFailure)) throw error;
            failed = { ...failed, tries, fault: `${subject.name}: ${error.message}` };
        }
    }
    return failed;
}

function findFault({ name, check, golden }: MustFail, result: LessonResult, words: FailureWords): string | undefined {
    if (result.checks.length === 0) return `${name} was not checked:\n${words.en}`;
    const id = failedCheck(result);
    if (id !== check) return `${name} must fail ${check}, but it ${id ? `fails ${id}` : 'passes'}:\n${words.en}`;
    if (result.status === 'error' && !result.unreachable) return `${name}: ${check} could not run:\n${words.en}`;
    const difference = golden && compareWords(golden, words);
    return difference && `${name} fails in other words; if they are better, run verify --update\n${difference}`;
}
