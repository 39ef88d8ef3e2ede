import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const glossary = z.strictObject({
    terms: z.array(
        z.strictObject({
            en: z.string().min(1),
            fr: z.string().min(1),
            /** Words that no French text uses for it. */
            not: z.array(z.string().min(1)).optional(),
            why: z.string().min(1)
        })
    )
});

export type Term = z.infer<typeof glossary>['terms'][number];

/** Reads glossary.json: each English term, its French, what not to write, and why. */
export function readGlossary(lessonsFolder: string): Term[] {
    return glossary.parse(JSON.parse(readFileSync(join(lessonsFolder, 'glossary.json'), 'utf8'))).terms;
}

/** The terms that a text uses, in the singular or with an s. */
export const termsIn = (english: string, terms: readonly Term[]): Term[] =>
    terms.filter(({ en }) => wordPattern(`${escapeRegExp(en)}(?:s|es)?`).test(english));

/** Sentences about words of a French text that it must not use. */
export function findForbidden(french: string, terms: readonly Term[]): string[] {
    return terms.flatMap(({ en, fr, not = [], why }) =>
        not
            .filter(word => wordPattern(`${escapeRegExp(word)}s?`).test(french))
            .map(word => `« ${word} » is not the word for "${en}"; write « ${fr} »: ${why}`)
    );
}

// \b knows only ASCII letters.
const wordPattern = (pattern: string) => new RegExp(`(?<![\\p{L}\\d_-])${pattern}(?![\\p{L}\\d_-])`, 'iu');

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
