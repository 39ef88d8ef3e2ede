import type { AddCommand } from '../commands/command.ts';
import { examples } from '../commands/command.ts';
import { runInteractive } from './interactive.ts';
import type { RunOn } from './run-line.ts';
import { runScript } from './script.ts';

/** `shell`: runs command lines on one connection, typed at a prompt or from a pipe. */
export function addShell(program: Parameters<AddCommand>[0], run: Parameters<AddCommand>[1], runOn: RunOn): void {
    program
        .command('shell')
        .description('Run command lines on one connection: typed at a prompt, or one a line from a pipe.')
        .option('--keep-going', 'from a pipe: continue after a line that failed')
        .addHelpText('after', `${shellHelp}${examples('shell', 'shell --json < commands.txt')}`)
        .action((options: { keepGoing?: boolean }) =>
            run(async context => {
                const { terminal } = context.io;
                if (terminal) await runInteractive(context, terminal, runOn);
                else await runScript(context, options.keepGoing ?? false, runOn);
                return undefined;
            })
        );
}

const shellHelp = `
Words are quoted as in sh, and # begins a comment; nothing is expanded.
From a pipe, the shell ends at the first line that fails, with its exit code.
`;
