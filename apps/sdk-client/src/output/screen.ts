import { styleText } from 'node:util';
import { type Display, plain } from './io.ts';

export type Screen = ReturnType<typeof createScreen>;

/** Creates the functions that format text for a terminal, or for a pipe. */
export function createScreen({ isTerminal, color, columns }: Display = plain) {
    // `color` has been decided already, so node must not check the stream.
    const style = (format: 'bold' | 'dim') => (text: string) =>
        color && text !== '' ? styleText(format, text, { validateStream: false }) : text;
    return {
        /** The longest line in characters; infinite in a pipe. */
        width: columns ?? Number.POSITIVE_INFINITY,
        bold: style('bold'),
        dim: style('dim'),
        /** Formats a server's text: unchanged in a pipe, without control characters on a terminal. */
        show: isTerminal ? showControls : (text: string) => text
    };
}

/** Moves to the beginning of the line and erases it (ECMA-48, EL). */
export const ERASE = '\r\x1b[2K';

/** The escape sequences of this client itself: erase a line, bold, dim. */
const ESCAPE = '\x1b';
const OWN = new RegExp(`(\\r${ESCAPE}\\[2K|${ESCAPE}\\[(?:1|2|22)m)`);

/**
 * Makes text safe for a terminal. Everything that this client prints to a terminal passes through here. Of all control
 * characters only the client's own sequences remain, so a server cannot drive the terminal, not even through a library
 * that prints its text.
 */
export function toTerminal(text: string): string {
    const parts = text.split(OWN);
    // `split` puts the matches of the group at the odd indexes.
    return parts.map((part, index) => (index % 2 === 1 ? part : showControls(part))).join('');
}

/** Puts text on one line. Control characters become spaces. */
export function toOneLine(text: string): string {
    return text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
}

/** Makes control characters visible, except line feeds and tabs. */
function showControls(text: string): string {
    return text
        .replace(/\r\n/g, '\n')
        .replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, character => symbolOf(character.charCodeAt(0)));
}

/** Unicode has symbols for the ASCII control characters, from U+2400 on, but not for the others. */
function symbolOf(code: number): string {
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : `\\u${code.toString(16).padStart(4, '0')}`;
}
