import { Command, CommanderError } from 'commander';
import { addCall } from './commands/call.ts';
import type { AddCommand, Run } from './commands/command.ts';
import { addComplete } from './commands/complete.ts';
import { addInfo } from './commands/info.ts';
import { addPing } from './commands/ping.ts';
import { addPrompt } from './commands/prompt.ts';
import { addPrompts } from './commands/prompts.ts';
import { addRead } from './commands/read.ts';
import { addResources } from './commands/resources.ts';
import { addTools } from './commands/tools.ts';
import { addWatch } from './commands/watch.ts';
import { addOutputOptions } from './config/options.ts';
import { CliError } from './errors/cli-error.ts';
import { type Display, plain } from './output/io.ts';
import { version } from './version.ts';

/** In the order of the help. */
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

/** Where its help goes. */
interface ProgramIo {
    stdout(text: string): void;
    out?: Display | undefined;
}

/** Makes a program of all commands; the options about the connection are the caller's. */
export function createProgram({ stdout, out = plain }: ProgramIo, run: Run): Command {
    const program = new Command('npm run client --')
        .description('Talks to an MCP server over Streamable HTTP or HTTP+SSE.')
        .version(version)
        .exitOverride()
        .configureHelp({ showGlobalOptions: true, ...(out.columns && { helpWidth: out.columns }) })
        // Help that nobody asked for is no error here. Errors are printed by those who run the program.
        .configureOutput({ writeOut: stdout, writeErr: stdout, outputError: () => {} });
    addOutputOptions(program);
    for (const add of commands) add(program, run);
    return program;
}

/** What an error of the command line means for the user; undefined if it was answered with the help or the version. */
export function toFailure(error: unknown): CliError | undefined {
    if (error instanceof CliError) return error;
    if (!(error instanceof CommanderError)) throw error;
    if (['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(error.code)) return undefined;
    const message = error.message.replace(/^error: /, '').replace(/\.$/, '');
    return new CliError('usage', `${message}; --help shows what there is`, { cause: error });
}
