import { usageError } from '../../errors/cli-error.ts';

/** The quote that is open at the end of a line. */
export type Quote = '' | "'" | '"';

/** One word of a line. */
export interface Word {
    /** The word without its quotes. */
    text: string;
    /** Its index in the line. */
    start: number;
    quote: Quote;
}

/**
 * Splits a line into words as a POSIX shell does (POSIX.1-2017, Shell, 2.2 Quoting and 2.3 Token Recognition): quotes,
 * backslashes, comments. Nothing is expanded and there are no operators, so `{}`, `$`, `*` and `<` need no quotes. This is
 * not a library because completion needs the start of the word at the cursor and its open quote, which libraries do not
 * return.
 */
export function splitWords(line: string): Word[] {
    const words: Word[] = [];
    let word: Word | undefined;
    for (let at = 0; at < line.length; at++) {
        const character = line.charAt(at);
        if (!word?.quote && /\s/.test(character)) {
            word = undefined;
            continue;
        }
        if (!word) {
            if (character === '#') break;
            word = { text: '', start: at, quote: '' };
            words.push(word);
        }
        const next = line.charAt(at + 1);
        if (word.quote ? character === word.quote : character === "'" || character === '"') {
            word.quote = word.quote ? '' : (character as Quote);
        } else if (character === '\\' && (word.quote === '' || (word.quote === '"' && /["\\$`]/.test(next)))) {
            word.text += next;
            at += 1;
        } else {
            word.text += character;
        }
    }
    return words;
}

/**
 * Splits a complete line into words.
 *
 * @throws {CliError} with code `usage` if a quote is left open.
 */
export function splitLine(line: string): string[] {
    const words = splitWords(line);
    const quote = words.at(-1)?.quote;
    if (quote) throw usageError(`the quote ${quote} is not closed`);
    return words.map(({ text }) => text);
}

/** Escapes text so that it can be typed within the given quote. */
export function quoteText(text: string, quote: Quote): string {
    if (quote === "'") return text.replaceAll("'", `'\\''`);
    if (quote === '"') return text.replace(/["\\$`]/g, '\\$&');
    return text.replace(/[\s'"\\]/g, '\\$&').replace(/^#/, '\\#');
}
