import { type AddCommand, examples } from '../commands/command.ts';
import { runInteractive } from './interactive.ts';
import { runScript } from './script.ts';

/** `shell`: runs command lines on one connection, typed at a prompt or from a pipe. */
export const addShell: AddCommand = (program, run) => {
    program
        .command('shell')
        .description('Run command lines on one connection: typed at a prompt, or one a line from a pipe.')
        .option('--keep-going', 'from a pipe: continue after a line that failed')
        .addHelpText('after', `${shellHelp}${examples('shell', 'shell --json < commands.txt')}`)
        .action(({ keepGoing = false }: { keepGoing?: boolean }) =>
            run(async context => {
                const { terminal } = context.io;
                if (terminal) await runInteractive(context, terminal);
                else await runScript(context, keepGoing);
                return undefined;
            })
        );
};

const shellHelp = `
Words are quoted as in sh, and # begins a comment; nothing is expanded.
From a pipe, the shell ends at the first line that fails, with its exit code.
`;
