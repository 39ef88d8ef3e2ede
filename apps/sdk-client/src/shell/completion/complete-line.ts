import { findCandidates } from './candidates.ts';
import type { Known } from './known.ts';
import { quoteText, splitWords, type Word } from './split-line.ts';

/** What the word at the cursor may become. */
export interface Completions {
    /** As they are typed, with a blank after those that are whole. */
    candidates: string[];
    /** What each of them takes the place of: the line's end before the cursor. */
    replaced: string;
}

/** What a server should not be able to put into a line: it would be drawn as something else. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/u;

/** Completes the word that ends at the cursor; of the words after it, given arguments are not offered again. */
export async function completeLine(line: string, cursor: number, known: Known): Promise<Completions> {
    const before = line.slice(0, cursor);
    const words = splitWords(before);
    const last = words.at(-1);
    const isOpen = last !== undefined && (last.quote !== '' || isWithin(before, last));
    const word: Word = isOpen ? last : { text: '', start: cursor, quote: '' };
    const earlier = (isOpen ? words.slice(0, -1) : words).map(({ text }) => text);
    if (!isOpen && isComment(before)) return { candidates: [], replaced: '' };
    const later = splitWords(line.slice(cursor)).map(({ text }) => text);

    const replaced = before.slice(word.start);
    const found = await findCandidates({ earlier, typed: word.text, later }, known);
    const candidates = found
        .filter(({ text }) => !CONTROLS.test(text))
        .map(({ text, goesOn }) => {
            const blank = goesOn || /^\s/.test(line.slice(cursor)) ? '' : ' ';
            // What was typed stays as it was typed, quotes included; only where the server has it otherwise it gives way.
            if (!text.startsWith(word.text)) return quoteText(text, '') + blank;
            const rest = quoteText(text.slice(word.text.length), word.quote);
            return replaced + rest + (goesOn ? '' : word.quote) + blank;
        });
    return { candidates: [...new Set(candidates)], replaced };
}

/** Whether the line ends within the word, and not with blanks after it. */
function isWithin(line: string, word: Word): boolean {
    const [alone, ...more] = splitWords(`${line.slice(word.start)}x`);
    return alone?.text === `${word.text}x` && more.length === 0;
}

/** Whether what is typed now is a comment. */
function isComment(before: string): boolean {
    return splitWords(`${before}x`).length === splitWords(before).length;
}
