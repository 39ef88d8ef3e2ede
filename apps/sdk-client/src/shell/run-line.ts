import type { CommandContext } from '../commands/command.ts';
import type { Connection } from '../connection/connection.ts';
import { usageError } from '../errors/cli-error.ts';
import type { Io } from '../output/io.ts';
import { report } from '../output/report.ts';
import { answer, createProgram, runProgram } from '../program.ts';
import { splitLine } from './completion/split-line.ts';

/**
 * Runs one command on an open connection, and leaves it open. The command is cancelled when the signal of `io` aborts.
 *
 * @param argv the name of the command and its arguments. Options about the connection are a usage error here.
 * @returns the exit code that a process would have.
 */
export function runOn(connection: Connection, argv: readonly string[], io: Io): Promise<number> {
    // In a shell a line begins with the command.
    const help = { ...io, stdout: (text: string) => io.stdout(text.replaceAll('npm run client -- ', '')) };
    const program = createProgram(help, work => answer(work, connection.withSignal(io.signal), program.opts(), io));
    program.addHelpText('after', '\nexit or Ctrl-D leaves.');
    return runProgram(program, argv, io);
}

/**
 * Runs one line of a shell. The output options of the shell apply to every line.
 *
 * @returns the exit code of the line, or `exit` if the line ends the shell.
 */
export async function runLine(
    line: string,
    { connection, json, quiet }: Pick<CommandContext, 'connection' | 'json' | 'quiet'>,
    io: Io
): Promise<number | 'exit'> {
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
