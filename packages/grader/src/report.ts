import type { CheckResult, LessonResult } from './run-checks.ts';
import { inLanguage, type Language, type Text, type Words } from './text.ts';

/** Longest part of a failure, in lines. */
const MAX_LINES = 3;

const labels = {
    sent: { en: 'Sent', fr: 'Envoyé' },
    received: { en: 'Received', fr: 'Reçu' },
    expected: { en: 'Expected', fr: 'Attendu' },
    clause: { en: 'Clause', fr: 'Clause' },
    next: { en: 'Next', fr: 'À faire' }
} satisfies Record<string, Text>;

/** The first check that did not pass, alone, in at most 15 lines; an empty string if all passed. */
export function describeFailure({ checks }: LessonResult, language: Language): string {
    const failed = checks.find(({ status }) => status !== 'pass');
    if (!failed) return '';
    const parts: [Text, Words][] = [
        [labels.sent, failed.sent],
        [labels.received, failed.received],
        [labels.expected, failed.expected],
        [labels.clause, `${failed.reference.title}\n${failed.reference.url}`],
        [labels.next, failed.next]
    ];
    const width = Math.max(...Object.values(labels).map(label => label[language].length)) + 2;
    const lines = parts.map(([label, words]) => label[language].padEnd(width) + indent(words, width, language));
    return [`✗ ${failed.title[language]}`, '', ...lines].join('\n');
}

function indent(words: Words, width: number, language: Language): string {
    const lines = inLanguage(words, language).trimEnd().split('\n');
    // The end of what came says more than its beginning, but the first line says what it is.
    const shown = lines.length > MAX_LINES ? [lines[0], '…', ...lines.slice(-MAX_LINES + 1)] : lines;
    return shown.join(`\n${' '.repeat(width)}`);
}

/** The result in one language, as `--json` prints it. */
export function toJson({ lesson, status, seed, checks }: LessonResult, language: Language): object {
    return { lesson, status, seed, checks: checks.map(check => checkToJson(check, language)) };
}

function checkToJson(
    { id, title, status, sent, received, expected, reference, next }: CheckResult,
    language: Language
) {
    return {
        id,
        title: title[language],
        status,
        sent: inLanguage(sent, language),
        received: inLanguage(received, language),
        expected: expected[language],
        reference: `${reference.title} ${reference.url}`,
        next: next[language]
    };
}
