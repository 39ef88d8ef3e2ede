import type { Connection } from '../connection/connection.ts';
import type { Output } from '../output/output.ts';
import { askForMissing } from './ask.ts';
import { assertComplete, parseArguments, type ToolShape, type TypedArguments, wantsInput } from './parse-arguments.ts';

/**
 * The arguments of a call: what was typed, and what is asked for where a person is there to answer.
 *
 * @throws {CliError} with code `usage`, naming the argument that is wrong, or all that are missing.
 */
export async function collectArguments(
    typed: TypedArguments,
    tool: ToolShape,
    { connection, io, quiet, json }: Output & { connection: Connection }
): Promise<Record<string, unknown>> {
    // Nobody may ever end it: then an interruption does.
    const input = wantsInput(typed) ? await Promise.race([io.readInput(), connection.ended]) : undefined;
    const values = parseArguments(typed, tool, input);
    if (io.terminal && input === undefined && !quiet && !json) await askForMissing(values, tool, io);
    assertComplete(values, tool);
    // Unlike an assignment, fromEntries takes `__proto__` for a name like any other.
    return Object.fromEntries(values);
}
