import { styleText } from 'node:util';
import { type Display, plain } from './io.ts';

/** How text is made fit for what it is shown on. */
export interface Screen {
    /** Characters a line can have; infinite where lines may be of any length. */
    width: number;
    bold(text: string): string;
    dim(text: string): string;
    /** The server's text as it is for programs, without power over a terminal. */
    show(text: string): string;
}

export function createScreen({ isTerminal, color, columns }: Display = plain): Screen {
    // The decision about colour is made already, and node is not to make it again.
    const style = (format: 'bold' | 'dim') => (text: string) =>
        color && text !== '' ? styleText(format, text, { validateStream: false }) : text;
    return {
        width: columns ?? Number.POSITIVE_INFINITY,
        bold: style('bold'),
        dim: style('dim'),
        show: isTerminal ? showControls : text => text
    };
}

/** Back to the beginning of the line, and all of it erased (ECMA-48, EL). */
export const ERASE = '\r\x1b[2K';

/** The sequences that this client writes itself: to erase a line, and for bold and dim. */
const ESCAPE = '\x1b';
const OWN = new RegExp(`(\\r${ESCAPE}\\[2K|${ESCAPE}\\[(?:1|2|22)m)`);

/**
 * Text as a terminal may be sent it. Everything that this client prints passes through here, whatever has been done to it
 * before: of control characters only its own sequences are left, so no server, and no library that repeats what a server
 * said, can drive a terminal.
 */
export function toTerminal(text: string): string {
    const parts = text.split(OWN);
    // A separator that is a group of the expression stands at each odd place.
    return parts.map((part, index) => (index % 2 === 1 ? part : showControls(part))).join('');
}

/** Fits text on one line; characters that could drive a terminal become spaces too. */
export function toOneLine(text: string): string {
    return text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
}

/** Makes what could drive a terminal visible, but for line feeds and tabs. */
function showControls(text: string): string {
    return text
        .replace(/\r\n/g, '\n')
        .replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, character => symbolOf(character.charCodeAt(0)));
}

/** Unicode has pictures of the ASCII control characters, from U+2400 on, and none of the others. */
function symbolOf(code: number): string {
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : `\\u${code.toString(16).padStart(4, '0')}`;
}
