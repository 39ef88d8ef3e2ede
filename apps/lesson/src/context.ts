import type { ReadStream } from 'node:tty';
import type { Language } from '@calc/grader';
import type { Lesson } from './catalog/catalog.ts';
import type { ProgressFile } from './learner/progress.ts';
import type { Texts } from './texts/texts.ts';

/** Exit codes of the command. */
export const EXIT = { pass: 0, fail: 1, usage: 2, unreachable: 4, interrupted: 130 } as const;

/** What a command reads and writes. */
export interface Context {
    lessonsFolder: string;
    catalog: readonly Lesson[];
    progress: ProgressFile;
    texts: Texts;
    language: Language;
    /** Aborts when the user interrupts the command. */
    signal: AbortSignal;
    env: NodeJS.ProcessEnv;
    /** The keyboard, if there are a keyboard and a screen. */
    keyboard: ReadStream | undefined;
    /** Prints lines on standard output. */
    print(text: string): void;
    /** Prints lines on standard error. */
    printError(text: string): void;
}

/** Ends the command with an exit code, and a message for standard error where there is something to say. */
export class Exit extends Error {
    readonly code: number;

    constructor(code: number, message = '') {
        super(message);
        this.code = code;
    }
}
