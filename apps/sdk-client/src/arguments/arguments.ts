import type { Connection } from '../connection/connection.ts';
import type { Output } from '../output/output.ts';
import { askForMissing } from './ask.ts';
import { assertComplete, parseArguments, readsInput, type ToolShape, type TypedArguments } from './parse-arguments.ts';

/**
 * Collects the arguments of a call: those that were typed, and on a terminal the answers to questions about the others.
 *
 * @throws {CliError} with code `usage`, naming the invalid argument or all missing ones.
 */
export async function collectArguments(
    typed: TypedArguments,
    tool: ToolShape,
    { connection, io, quiet, json }: Output & { connection: Connection }
): Promise<Record<string, unknown>> {
    // Standard input may never end; an interruption ends the wait.
    const input = readsInput(typed) ? await Promise.race([io.readInput(), connection.ended]) : undefined;
    const values = parseArguments(typed, tool, input);
    if (io.terminal && input === undefined && !quiet && !json) await askForMissing(values, tool, io);
    assertComplete(values, tool);
    // Unlike an assignment, fromEntries treats `__proto__` like any other name.
    return Object.fromEntries(values);
}
