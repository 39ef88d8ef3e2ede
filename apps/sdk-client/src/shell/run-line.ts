import type { CommandContext } from '../commands/command.ts';
import type { Connection } from '../connection/connection.ts';
import { usageError } from '../errors/cli-error.ts';
import type { Io } from '../output/io.ts';
import { report } from '../output/report.ts';
import { splitLine } from './completion/split-line.ts';

/** Runs one command on an open connection, to its exit code. */
export type RunOn = (connection: Connection, argv: readonly string[], io: Io) => Promise<number>;

/** The exit code of a line, or `exit` if the line ends the shell. */
export type LineResult = number | 'exit';

/** Runs one line of a shell. The output options of the shell apply to every line. */
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
    return Promise.reject(usageError('the shell reads its commands from standard input; write @file instead of -'));
}
