import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailure, inLanguage, type Language, type LessonResult } from '@calc/grader';
import { diffLines } from 'diff';
import type { Lesson } from '../catalog/catalog.ts';

/** The words of one failure in each language. */
export type FailureWords = Record<Language, string>;

const languages: Language[] = ['en', 'fr'];

/** Time limit of each wait of a check, in milliseconds: usually, and in the last try on a machine that may be busy. */
export const LIMIT_MS = 2000;
export const PATIENT_MS = 10_000;

/** What differs between two runs, and what stands for it. */
const PLACEHOLDERS: [RegExp, string | ((found: string) => string)][] = [
    [/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '<uuid>'],
    [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.\d]*Z)?/g, time => (isNear(time) ? '<time>' : time)],
    [/\b(localhost|127\.0\.0\.1|\[::1\]):\d+/g, '$1:<port>'],
    [/\bport \d+/g, 'port <port>'],
    // The last try has more time.
    [
        new RegExp(`(nothing within|line within|rien en|vide en) ${PATIENT_MS / 1000} s\\b`, 'g'),
        `$1 ${LIMIT_MS / 1000} s`
    ],
    [/(?:file:\/\/)?\/\S*\/lessons\/\S*\//g, '']
];

/** Whether a time is about now, in any time zone; other times are part of the words. */
const isNear = (time: string) => Math.abs(Date.parse(time) - Date.now()) < 48 * 60 * 60 * 1000;

/** The id of the first check that did not pass; undefined if all passed. */
export const failedCheck = ({ checks }: LessonResult): string | undefined =>
    checks.find(({ status }) => status !== 'pass')?.id;

/** What a report says of a result, or why nothing was checked. */
export function explain(result: LessonResult, language: Language = 'en'): string {
    return describeFailure(result, language) || inLanguage(result.unreachable ?? '', language);
}

/** The words of a failure as a golden file has them: those of the report, with placeholders for what varies. */
export function describeGolden(name: string, result: LessonResult): FailureWords {
    const describe = (language: Language) => {
        let words = explain(result, language);
        // The overloads of replace() take either a text or a function.
        for (const [pattern, by] of PLACEHOLDERS)
            words = typeof by === 'string' ? words.replace(pattern, by) : words.replace(pattern, by);
        return `== ${name}: ${failedCheck(result) ?? 'all checks passed'}\n${words.replace(/ +$/gm, '')}\n`;
    };
    return { en: describe('en'), fr: describe('fr') };
}

/** The golden files of a lesson: `wrong/failures.en.txt` and `.fr.txt` keep the words of each failure. */
export class GoldenFiles {
    readonly #lesson: Lesson;
    readonly #words: Record<Language, Map<string, string>>;

    constructor(lesson: Lesson) {
        this.#lesson = lesson;
        this.#words = { en: this.#read('en'), fr: this.#read('fr') };
    }

    /** The words that the problem, or a variant, must fail with; undefined if they are not known in each language. */
    wordsOf(name: string): FailureWords | undefined {
        const [en, fr] = [this.#words.en.get(name), this.#words.fr.get(name)];
        return en !== undefined && fr !== undefined ? { en, fr } : undefined;
    }

    /** What the files lack, or have too much, if these are all names in order. */
    findFaults(names: readonly string[]): string[] {
        return languages.flatMap(language => {
            const known = [...this.#words[language].keys()];
            if (known.join() === names.join()) return [];
            const file = `wrong/failures.${language}.txt`;
            const has = known.join(', ') || 'nothing';
            return [
                `${file} has ${has}; it must have ${names.join(', ')}: run verify --update, and read what it writes`
            ];
        });
    }

    write(all: readonly FailureWords[]): void {
        for (const language of languages)
            writeFileSync(this.#path(language), all.map(words => words[language]).join('\n'));
    }

    #read(language: Language): Map<string, string> {
        const path = this.#path(language);
        const parts = existsSync(path) ? readFileSync(path, 'utf8').split(/^(?=== )/m) : [];
        return new Map(parts.map(part => [/^== ([^:]*)/.exec(part)?.[1] ?? '', `${part.trimEnd()}\n`]));
    }

    #path(language: Language): string {
        return join(this.#lesson.folder, `wrong/failures.${language}.txt`);
    }
}

/** The lines that differ in the first language with a difference; undefined if there is none. */
export function compareWords(before: FailureWords, now: FailureWords): string | undefined {
    const language = languages.find(each => before[each].trimEnd() !== now[each].trimEnd());
    if (!language) return undefined;
    const changes = diffLines(before[language], now[language]).filter(({ added, removed }) => added || removed);
    return changes.map(({ added, value }) => value.replace(/^(?=.)/gm, added ? 'now: ' : 'was: ')).join('');
}
