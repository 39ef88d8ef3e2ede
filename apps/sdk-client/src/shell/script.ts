import type { CommandContext } from '../commands/command.ts';
import { ReportedFailure } from '../errors/cli-error.ts';
import { formatJsonLine } from '../output/format.ts';
import { type Io, plain } from '../output/io.ts';
import { runLine } from './run-line.ts';

/**
 * Runs the lines of standard input from a pipe: no prompt, no colour, JSON as one value a line.
 *
 * @param keepGoing whether lines after a failed one are run.
 * @throws {ReportedFailure} with the exit code of the first line that failed.
 */
export async function runScript(context: CommandContext, keepGoing: boolean): Promise<void> {
    const { connection, io, json } = context;
    const { readLines = async function* () {}, out = plain } = io;
    const lines = readLines()[Symbol.asyncIterator]();
    const lineIo: Io = { ...io, terminal: undefined, out: { ...out, color: false } };
    if (json) lineIo.stdout = data => io.stdout(typeof data === 'string' ? toJsonLine(data) : data);
    let isOver = false;
    connection.ended.catch(() => {
        isOver = true;
    });
    let failure: ReportedFailure | undefined;
    for (;;) {
        const { done, value } = await Promise.race([lines.next(), connection.ended]);
        if (done) break;
        const result = await runLine(value, context, lineIo);
        if (result === 'exit') break;
        if (result !== 0) failure ??= new ReportedFailure(result);
        if (failure && (!keepGoing || isOver)) throw failure;
    }
    if (failure) throw failure;
}

/** Puts indented JSON on one line. Help, which is not JSON, is unchanged. */
function toJsonLine(text: string): string {
    try {
        return `${formatJsonLine(JSON.parse(text))}\n`;
    } catch {
        return text;
    }
}
