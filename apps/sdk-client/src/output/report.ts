import { type CliError, ReportedFailure } from '../errors/cli-error.ts';
import { toFailure } from '../program.ts';
import { formatJsonLine } from './format.ts';
import type { Io } from './io.ts';
import { toOneLine } from './screen.ts';

/**
 * Prints one line about a failure to stderr, unless it has been told already.
 *
 * @param argv the command line that failed, which may ask for JSON.
 * @returns the exit code.
 */
export function report(error: unknown, argv: readonly string[], io: Pick<Io, 'stderr'>): number {
    if (error instanceof ReportedFailure) return error.exitCode;
    const failure = toFailure(error);
    if (!failure) return 0;
    io.stderr(`${wantsJson(argv) ? toJson(failure) : toOneLine(failure.message)}\n`);
    return failure.exitCode;
}

/** Looks for itself, since a command line that cannot be parsed may still ask for errors in JSON. */
function wantsJson(argv: readonly string[]): boolean {
    const end = argv.indexOf('--');
    return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}

function toJson({ code, message, exitCode }: CliError): string {
    return formatJsonLine({ error: { code, message, exitCode } });
}
