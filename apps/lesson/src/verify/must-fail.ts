import type { Language, LessonResult } from '@calc/grader';
import { describeGolden, failedCheck, languages } from './failures.ts';
import { HostFailure } from './run/server-host.ts';

/** A server, client or page that must fail. */
export interface MustFail {
    /** `problem`, or the name of a variant. */
    name: string;
    /** The id of the check that must be the first to fail. */
    check: string;
    /** Its words in the golden files; undefined if they are written anew. */
    golden: Record<Language, string | undefined> | undefined;
    /** Ways to grade it, from the fastest to the surest: the next is taken if the result is not as expected. */
    ways: (() => Promise<LessonResult>)[];
}

/** What came of it. */
export interface Failed {
    words: Record<Language, string>;
    /** How many ways it took. */
    tries: number;
    faults: string[];
}

export async function gradeMustFail(subject: MustFail): Promise<Failed> {
    let failed: Failed = { words: { en: '', fr: '' }, tries: 0, faults: [`${subject.name} was not graded`] };
    for (const [index, way] of subject.ways.entries()) {
        try {
            const result = await way();
            const words = { en: '', fr: '' };
            for (const language of languages) words[language] = describeGolden(subject.name, result, language);
            failed = { words, tries: index + 1, faults: findFaults(subject, result, words) };
        } catch (error) {
            if (!(error instanceof HostFailure)) throw error;
            failed = { ...failed, tries: index + 1, faults: [`${subject.name}: ${error.message}`] };
        }
        if (failed.faults.length === 0) break;
    }
    return failed;
}

function findFaults({ name, check, golden }: MustFail, result: LessonResult, words: Record<Language, string>) {
    if (result.checks.length === 0) return [`${name} was not checked:\n${words.en}`];
    const id = failedCheck(result);
    if (id !== check) return [`${name} must fail ${check}, but it ${id ? `fails ${id}` : 'passes'}:\n${words.en}`];
    if (result.status === 'error' && !result.unreachable) return [`${name}: ${check} could not run:\n${words.en}`];
    if (!golden) return [];
    return languages
        .filter(language => golden[language] !== words[language])
        .map(language => {
            const before = golden[language] ?? 'nothing\n';
            return `${name} fails in other words; if they are better, run verify --update\nwas: ${before}now: ${words[language]}`;
        });
}
