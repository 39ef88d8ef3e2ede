import { CommanderError } from 'commander';
import { CliError, ReportedFailure, usageError } from '../errors/cli-error.ts';
import { formatJsonLine } from './format.ts';
import type { Io } from './io.ts';
import { toOneLine } from './screen.ts';

/**
 * Prints one line about a failure to stderr, unless it has been printed already.
 *
 * @param argv the command line that failed; `--json` in it asks for the error as JSON.
 * @returns the exit code.
 * @throws an error that is neither a `CliError` nor one of the parser: a defect of this client.
 */
export function report(error: unknown, argv: readonly string[], io: Pick<Io, 'stderr'>): number {
    if (error instanceof ReportedFailure) return error.exitCode;
    const failure = toCliError(error);
    if (!failure) return 0;
    const { code, message, exitCode } = failure;
    const line = asksForJson(argv) ? formatJsonLine({ error: { code, message, exitCode } }) : toOneLine(message);
    io.stderr(`${line}\n`);
    return exitCode;
}

/** Returns undefined if the command line asked for the help or the version, which has been printed. */
function toCliError(error: unknown): CliError | undefined {
    if (error instanceof CliError) return error;
    if (!(error instanceof CommanderError)) throw error;
    if (['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(error.code)) return undefined;
    const message = error.message.replace(/^error: /, '').replace(/\.$/, '');
    return usageError(`${message}; --help lists commands and options`, { cause: error });
}

/** Searches the words, because a command line that cannot be parsed may still ask for errors in JSON. */
function asksForJson(argv: readonly string[]): boolean {
    const end = argv.indexOf('--');
    return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}
