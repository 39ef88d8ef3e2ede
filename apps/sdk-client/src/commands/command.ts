import type { Command } from 'commander';
import type { Connection } from '../connection/connect.ts';
import type { Io } from '../output/io.ts';
import type { Screen } from '../output/screen.ts';

/** What a command works with once the server is there. */
export interface CommandContext {
    connection: Connection;
    io: Io;
    /** How text for stdout is made. */
    screen: Screen;
    json: boolean;
    quiet: boolean;
}

/** What a command prints: text, which gets a line feed at its end, or bytes as they are. */
export type Answer = string | Uint8Array | undefined;

/** Connects, does the work, and prints its answer if there is one. */
export type Run = (work: (context: CommandContext) => Promise<Answer>) => Promise<void>;

/** Adds one command to a program. */
export type AddCommand = (program: Command, run: Run) => void;

/** The end of a help text: command lines that run as they stand against `npm start`. */
export function examples(...lines: string[]): string {
    return ['\nExamples:', ...lines.map(line => `  npm run client -- ${line}`)].join('\n');
}

/** Collects the values of an option that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): string[] {
    return [...before, value];
}
