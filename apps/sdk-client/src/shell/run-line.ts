import type { CommandContext } from '../commands/command.ts';
import type { Connection } from '../connection/connection.ts';
import { CliError } from '../errors/cli-error.ts';
import type { Io } from '../output/io.ts';
import { report } from '../output/report.ts';
import { splitLine } from './completion/split-line.ts';

/** Runs one command on an open connection, to its exit code. */
export type RunOn = (connection: Connection, argv: readonly string[], io: Io) => Promise<number>;

/** What a line came to: its exit code, or that it ends the shell. */
export type LineResult = number | 'exit';

/** Runs one line of a shell; the options that the shell was given hold for each of its lines. */
export async function runLine(
    line: string,
    { connection, json, quiet }: Pick<CommandContext, 'connection' | 'json' | 'quiet'>,
    io: Io,
    runOn: RunOn
): Promise<LineResult> {
    const options = [...(json ? ['--json'] : []), ...(quiet ? ['--quiet'] : [])];
    try {
        const words = splitLine(line);
        const [command] = words;
        if (command === undefined) return 0;
        if (command === 'exit') return 'exit';
        return await runOn(connection, [...options, ...words], { ...io, readInput: refuseInput });
    } catch (error) {
        return report(error, options, io);
    }
}

function refuseInput(): Promise<never> {
    return Promise.reject(new CliError('usage', 'in a shell standard input has the commands; write @file, not -'));
}
