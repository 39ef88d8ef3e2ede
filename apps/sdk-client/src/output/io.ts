import type { Readable, Writable } from 'node:stream';

/** The input and output of one run. */
export interface Io {
    stdout(data: string | Uint8Array): void;
    stderr(text: string): void;
    /** Aborts when the user interrupts. */
    signal: AbortSignal;
    /** Reads standard input to its end. */
    readInput(): Promise<string>;
    /** Reads standard input line by line. @default no lines */
    readLines?: () => AsyncIterable<string>;
    /** What stdout is connected to. @default a pipe */
    out?: Display;
    /** What stderr is connected to. @default a pipe */
    err?: Display;
    /** Where questions are asked; undefined if no user can answer. */
    terminal?: { input: Readable; output: Writable } | undefined;
}

/** What a stream is connected to. */
export interface Display {
    isTerminal: boolean;
    color: boolean;
    /** The width of the terminal in characters, if it is known. */
    columns: number | undefined;
}

/** A pipe or a file. */
export const plain: Display = { isTerminal: false, color: false, columns: undefined };

type Variables = Record<string, string | undefined>;

/** Describes a stream of this process. NO_COLOR overrides FORCE_COLOR, and both override what the terminal can do. */
export function displayOf({ isTTY = false, columns }: { isTTY?: boolean; columns?: number }, env: Variables): Display {
    return { isTerminal: isTTY, columns: isTTY && columns ? columns : undefined, color: hasColor(isTTY, env) };
}

function hasColor(isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: Variables): boolean {
    if (NO_COLOR) return false;
    if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR);
    return isTerminal && TERM !== 'dumb';
}
