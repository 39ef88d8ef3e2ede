import { Command } from 'commander';
import { addCall } from './commands/call.ts';
import type { AddCommand, CommandContext, Run } from './commands/command.ts';
import { addComplete } from './commands/complete.ts';
import { addInfo } from './commands/info.ts';
import { addPing } from './commands/ping.ts';
import { addPrompt } from './commands/prompt.ts';
import { addPrompts } from './commands/prompts.ts';
import { addRead } from './commands/read.ts';
import { addResources } from './commands/resources.ts';
import { addTools } from './commands/tools.ts';
import { addWatch } from './commands/watch.ts';
import { addOutputOptions, type OutputOptions } from './config/options.ts';
import type { Connection } from './connection/connection.ts';
import { type Io, plain } from './output/io.ts';
import { report } from './output/report.ts';
import { createScreen } from './output/screen.ts';
import { version } from './version.ts';

/** In the order in which the help lists them. */
const commands: readonly AddCommand[] = [
    addInfo,
    addPing,
    addTools,
    addCall,
    addResources,
    addRead,
    addPrompts,
    addPrompt,
    addComplete,
    addWatch
];

/** Creates a program with all commands. The caller adds the options about the connection. */
export function createProgram({ stdout, out = plain }: Pick<Io, 'stdout' | 'out'>, run: Run): Command {
    const program = new Command('npm run client --')
        .description('Talks to an MCP server over Streamable HTTP or HTTP+SSE.')
        .version(version)
        .exitOverride()
        .configureHelp({ showGlobalOptions: true, ...(out.columns && { helpWidth: out.columns }) })
        // Help goes to stdout even if it was not asked for. `report` prints errors.
        .configureOutput({ writeOut: stdout, writeErr: stdout, outputError: () => {} });
    addOutputOptions(program);
    for (const add of commands) add(program, run);
    return program;
}

/** Does the work of one command on a connection, and prints the answer. */
export async function answer(
    work: Parameters<Run>[0],
    connection: Connection,
    { json = false, quiet = false }: OutputOptions,
    io: Io
): Promise<void> {
    const context: CommandContext = { connection, io, screen: createScreen(io.out), json, quiet };
    const result = await work(context);
    if (typeof result === 'string') io.stdout(`${result}\n`);
    else if (result) io.stdout(result);
}

/** Runs a program with these arguments, and reports a failure. Returns the exit code. */
export async function runProgram(program: Command, argv: readonly string[], io: Io): Promise<number> {
    try {
        await program.parseAsync(argv, { from: 'user' });
        return 0;
    } catch (error) {
        return report(error, argv, io);
    }
}
