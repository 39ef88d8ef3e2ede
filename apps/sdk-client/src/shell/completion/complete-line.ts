import { findCandidates } from './candidates.ts';
import type { Known } from './known.ts';
import { quoteText, splitWords, type Word } from './split-line.ts';

/** Characters that a server must not put into a line: the line would look different from what it is. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/u;

/**
 * Completes the word before the cursor. Arguments that are given after it are not offered again.
 *
 * @returns the completions as a user types them, with a space after complete words, and the text before the cursor that
 * each of them replaces.
 */
export async function completeLine(line: string, cursor: number, known: Known) {
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
        .map(({ text, isOpen: continues }) => {
            const blank = continues || /^\s/.test(line.slice(cursor)) ? '' : ' ';
            // The typed text stays as it is, quotes included, unless the server's value begins differently.
            if (!text.startsWith(word.text)) return quoteText(text, '') + blank;
            const rest = quoteText(text.slice(word.text.length), word.quote);
            return replaced + rest + (continues ? '' : word.quote) + blank;
        });
    return { candidates: [...new Set(candidates)], replaced };
}

/** Whether the line ends in the word, and not in spaces after it. */
function isWithin(line: string, word: Word): boolean {
    const [alone, ...more] = splitWords(`${line.slice(word.start)}x`);
    return alone?.text === `${word.text}x` && more.length === 0;
}

/** Whether the cursor is in a comment. */
function isComment(before: string): boolean {
    return splitWords(`${before}x`).length === splitWords(before).length;
}
