import { Command } from 'commander';
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
import { type Display, plain } from './output/io.ts';
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

/** Where the help is printed. */
interface ProgramIo {
    stdout(text: string): void;
    out?: Display | undefined;
}

/** Creates a program with all commands. The caller adds the options about the connection. */
export function createProgram({ stdout, out = plain }: ProgramIo, run: Run): Command {
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
