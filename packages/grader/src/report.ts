import type { Need } from './check.ts';
import type { CheckResult, LessonResult } from './run-checks.ts';
import { inLanguage, type Language, type Text, type Words } from './text.ts';

/** Most lines of each part of a failure; with the title, an empty line and the clause, 15 in all. */
const MAX_LINES = { sent: 2, received: 5, expected: 2, next: 2 };

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
    const { title, url } = failed.reference;
    const parts: [Text, Words, number][] = [
        [labels.sent, failed.sent, MAX_LINES.sent],
        [labels.received, failed.received, MAX_LINES.received],
        [labels.expected, failed.expected, MAX_LINES.expected],
        [labels.clause, `${title}\n${url}`, 2],
        [labels.next, failed.next, MAX_LINES.next]
    ];
    const width = Math.max(...Object.values(labels).map(label => label[language].length)) + 2;
    const lines = parts.map(([label, words, max]) => {
        const shown = cut(inLanguage(words, language), max);
        return label[language].padEnd(width) + shown.join(`\n${' '.repeat(width)}`);
    });
    return [`✗ ${failed.title[language]}`, '', ...lines].join('\n');
}

/** Longest line of a failure, in characters. */
const MAX_LINE = 400;

/** The first line, which says what it is, and the last lines, which say most; each cut in the middle if it is long. */
function cut(text: string, max: number): string[] {
    const lines = text.trimEnd().split('\n').map(shorten);
    if (lines.length <= max) return lines;
    return [`${lines[0]} …`, ...lines.slice(1 - max)];
}

function shorten(line: string): string {
    const end = MAX_LINE / 4;
    return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - end)} … ${line.slice(-end)}` : line;
}

/** Names the checks that could not run on this server, one a line; an empty string if all could. */
export function describeLeftOut({ leftOut = [] }: LessonResult, language: Language): string {
    return leftOut.map(({ title, lacks }) => `- ${title[language]} (${LACKS[lacks][language]})`).join('\n');
}

const LACKS: Record<Need, Text> = {
    client: { en: 'not checked: there is no client to start', fr: "non vérifié : il n'y a pas de client à lancer" },
    process: {
        en: 'not checked: only a server that the lesson command starts shows what it prints; leave out --url',
        fr: "non vérifié : seul un serveur lancé par la commande montre ce qu'il affiche ; sans --url"
    },
    signal: {
        en: 'not checked: only a server that the lesson command starts, and not on Windows, gets a signal; leave out --url',
        fr: 'non vérifié : seul un serveur lancé par la commande, et pas sous Windows, reçoit un signal ; sans --url'
    }
};

/** The result in one language, as `--json` prints it. */
export function toJson({ lesson, status, seed, checks, leftOut }: LessonResult, language: Language): object {
    return {
        lesson,
        status,
        seed,
        checks: checks.map(check => checkToJson(check, language)),
        ...(leftOut && { leftOut: leftOut.map(({ title }) => title[language]) })
    };
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
