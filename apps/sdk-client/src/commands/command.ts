import type { Command } from 'commander';
import type { Connection } from '../connection/connection.ts';
import type { Output } from '../output/output.ts';

/** What a command has to work with. */
export interface CommandContext extends Output {
    connection: Connection;
}

/** What a command prints: text, to which a line feed is added, or bytes. */
export type Answer = string | Uint8Array | undefined;

/** Connects, does the work, and prints the answer. */
export type Run = (work: (context: CommandContext) => Promise<Answer>) => Promise<void>;

/** Adds one command to a program. */
export type AddCommand = (program: Command, run: Run) => void;

/** The end of a help text: command lines that work as they are with the server of `npm start`. */
export function examples(...lines: string[]): string {
    return ['\nExamples:', ...lines.map(line => `  npm run client -- ${line}`)].join('\n');
}
