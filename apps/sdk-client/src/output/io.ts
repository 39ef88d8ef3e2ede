import type { Readable, Writable } from 'node:stream';

/** The outside world of one run. */
export interface Io {
    stdout(data: string | Uint8Array): void;
    stderr(text: string): void;
    /** Aborts when the user interrupts. */
    signal: AbortSignal;
    /** Reads standard input to its end. */
    readInput(): Promise<string>;
    /** Reads standard input line by line. @default no lines */
    readLines?: () => AsyncIterable<string>;
    /** What stdout shows its text on. @default a pipe */
    out?: Display;
    /** What stderr shows its text on. @default a pipe */
    err?: Display;
    /** Where a person can be asked; undefined where there is none. */
    terminal?: { input: Readable; output: Writable } | undefined;
}

/** What becomes of text: whether people read it, and how. */
export interface Display {
    isTerminal: boolean;
    color: boolean;
    /** Characters a line can have, if that is known. */
    columns: number | undefined;
}

/** Where text is taken as it is: a pipe or a file. */
export const plain: Display = { isTerminal: false, color: false, columns: undefined };

type Variables = Record<string, string | undefined>;

/** What a stream of this process shows text on; NO_COLOR goes before FORCE_COLOR, and both before what it is. */
export function displayOf({ isTTY = false, columns }: { isTTY?: boolean; columns?: number }, env: Variables): Display {
    return { isTerminal: isTTY, columns: isTTY && columns ? columns : undefined, color: wantsColor(isTTY, env) };
}

function wantsColor(isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: Variables): boolean {
    if (NO_COLOR) return false;
    if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR);
    return isTerminal && TERM !== 'dumb';
}
