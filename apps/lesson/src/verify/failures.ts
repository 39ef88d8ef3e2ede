import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFailure, inLanguage, type Language, type LessonResult } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';

export const languages: Language[] = ['en', 'fr'];

/** What differs between two runs, and what stands for it. */
const PLACEHOLDERS: [RegExp, string][] = [
    [/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '<uuid>'],
    [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'],
    [/\b(localhost|127\.0\.0\.1|\[::1\]):\d+/g, '$1:<port>'],
    [/\bport \d+/g, 'port <port>'],
    [/(?:file:\/\/)?\/\S*\/lessons\/\S*\//g, '']
];

/** The id of the first check that did not pass; undefined if all passed. */
export const failedCheck = ({ checks }: LessonResult): string | undefined =>
    checks.find(({ status }) => status !== 'pass')?.id;

/** What a report says of a result, or why nothing was checked. */
export function explain(result: LessonResult, language: Language = 'en'): string {
    return describeFailure(result, language) || inLanguage(result.unreachable ?? '', language);
}

/** The words of a failure as the golden file has them: those of the report, with placeholders for what varies. */
export function describeGolden(name: string, result: LessonResult, language: Language): string {
    let words = explain(result, language);
    for (const [pattern, placeholder] of PLACEHOLDERS) words = words.replace(pattern, placeholder);
    return `== ${name}: ${failedCheck(result) ?? 'all checks passed'}\n${words.replace(/ +$/gm, '')}\n`;
}

/** Where the words of a lesson's failures are kept. */
const goldenFile = (lesson: Lesson, language: Language) => join(lesson.folder, `wrong/failures.${language}.txt`);

/** The words of each failure by its name, `problem` or that of a variant. */
export function readGolden(lesson: Lesson, language: Language): Map<string, string> {
    const path = goldenFile(lesson, language);
    const parts = existsSync(path) ? readFileSync(path, 'utf8').split(/^(?=== )/m) : [];
    return new Map(parts.map(part => [/^== ([^:]*)/.exec(part)?.[1] ?? '', `${part.trimEnd()}\n`]));
}

export function writeGolden(lesson: Lesson, language: Language, words: string[]): void {
    writeFileSync(goldenFile(lesson, language), words.join('\n'));
}
