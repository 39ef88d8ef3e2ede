import { Command, CommanderError } from 'commander';
import { callCommand } from './commands/call.ts';
import { toolsCommand } from './commands/tools.ts';
import { type Connection, connect } from './connect.ts';
import { CliError } from './errors.ts';
import { toOneLine } from './format.ts';
import { addGlobalOptions, type GlobalOptions } from './options.ts';
import { version } from './version.ts';

/** The outside world of one run. */
export interface Io {
    stdout(text: string): void;
    stderr(text: string): void;
    /** Aborts when the user interrupts. */
    signal: AbortSignal;
}

/**
 * Runs one command line to its end: prints the answer to stdout, or one line about the failure to stderr.
 *
 * @param argv the arguments alone, without the names of the runtime and the script.
 * @returns the exit code. A rejection is a defect of this client.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
    try {
        await createProgram(io).parseAsync(argv, { from: 'user' });
        return 0;
    } catch (error) {
        if (error instanceof CommanderError && isAnswered(error)) return 0;
        const failure = error instanceof CommanderError ? toUsageError(error) : error;
        if (!(failure instanceof CliError)) throw failure;
        io.stderr(`${wantsJson(argv) ? toJson(failure) : toOneLine(failure.message)}\n`);
        return failure.exitCode;
    }
}

function createProgram(io: Io): Command {
    const program = new Command('npm run client --')
        .description('Talks to an MCP server over HTTP+SSE.')
        .version(version)
        .exitOverride()
        .configureHelp({ showGlobalOptions: true })
        // Help that nobody asked for is no error here. Errors are printed by run(), after all else.
        .configureOutput({ writeOut: io.stdout, writeErr: io.stdout, outputError: () => {} })
        .addHelpText('after', examples('tools', 'call add a=2 b=3') + moreHelp);
    addGlobalOptions(program);

    const answer = async (ask: (connection: Connection, json: boolean) => Promise<string>) => {
        const { url, bearer, timeout, connectTimeout, json = false } = program.opts<GlobalOptions>();
        const limits = { timeoutMs: timeout, connectTimeoutMs: connectTimeout };
        await using connection = await connect({ url, bearer: bearer || undefined, ...limits, signal: io.signal });
        io.stdout(`${await ask(connection, json)}\n`);
    };

    program
        .command('tools')
        .description('List the tools of the server and their arguments.')
        .addHelpText('after', examples('tools', 'tools --json'))
        .action(() => answer(toolsCommand));

    program
        .command('call')
        .description('Call a tool and print its result.')
        .argument('<tool>', 'name of the tool')
        .argument('[arguments...]', 'name=value, typed as the tool wants it, or name:=json')
        .addHelpText('after', examples('call add a=2 b=3', 'call echo message="good morning"', 'call add a:=2 b:=3'))
        .action((name: string, words: string[]) =>
            answer((connection, json) => callCommand(connection, { name, words, json }))
        );
    return program;
}

const moreHelp = `

In a pipe: npm run --silent client -- call add a=2 b=3 --json | jq
Exit codes: 0 ok, 1 wrong usage, 3 not allowed, 4 server out of reach, 5 tool error, 130 interrupted`;

function examples(...lines: string[]): string {
    return ['\nExamples:', ...lines.map(line => `  npm run client -- ${line}`)].join('\n');
}

/** Whether the user got help or the version, which commander reports like a failure. */
function isAnswered({ code }: CommanderError): boolean {
    return ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(code);
}

function toUsageError(error: CommanderError): CliError {
    const message = error.message.replace(/^error: /, '').replace(/\.$/, '');
    return new CliError('usage', `${message}; --help shows what there is`, { cause: error });
}

/** Looks for itself, since a command line that cannot be parsed may still ask for errors in JSON. */
function wantsJson(argv: readonly string[]): boolean {
    const end = argv.indexOf('--');
    return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}

function toJson({ code, message, exitCode }: CliError): string {
    return JSON.stringify({ error: { code, message, exitCode } });
}
