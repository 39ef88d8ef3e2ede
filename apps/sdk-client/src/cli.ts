import type { CommandContext, Run } from './commands/command.ts';
import { examples } from './commands/command.ts';
import { addConnectionOptions, type GlobalOptions, type OutputOptions } from './config/options.ts';
import { resolveSettings } from './config/settings.ts';
import { connect } from './connection/connect.ts';
import type { Connection } from './connection/connection.ts';
import { createTrace } from './connection/trace.ts';
import { type Display, type Io, plain } from './output/io.ts';
import { createNotices } from './output/notices.ts';
import { report } from './output/report.ts';
import { createScreen, toTerminal } from './output/screen.ts';
import { createSecrets } from './output/secrets.ts';
import { createProgram } from './program.ts';
import { addShell } from './shell/shell-command.ts';

/**
 * Runs one command line: prints the answer to stdout, or one line about the failure to stderr.
 *
 * @param argv the arguments, without the names of the runtime and the script.
 * @returns the exit code. A rejection is a defect of this client.
 */
export function run(argv: readonly string[], outside: Io): Promise<number> {
    const secrets = createSecrets();
    const io = filterOutput(outside, text => secrets.hide(text));
    const connectAndRun: Run = async work => {
        const settings = resolveSettings(program);
        for (const value of settings.headers.values()) secrets.add(value);
        const { trace: isTraced, ...output } = program.opts<GlobalOptions>();
        // `io.stderr` is read for each line because the shell replaces it while it prompts.
        const trace = isTraced ? createTrace(line => io.stderr(line)) : undefined;
        const onState = createNotices(io, trace?.note, Boolean(output.json || output.quiet));
        await using connection = await connect({ ...settings, trace, onState, signal: io.signal });
        await answer(work, connection, output, io);
    };
    const program = createProgram(io, connectAndRun);
    addConnectionOptions(program);
    addShell(program, connectAndRun, runOn);
    program.addHelpText('after', examples('tools', 'call add a=2 b=3') + moreHelp);
    return settle(argv, io, () => program.parseAsync(argv, { from: 'user' }));
}

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
    return settle(argv, io, () => program.parseAsync(argv, { from: 'user' }));
}

/** Every text for the user passes through here: it hides secrets, and escapes what could drive a terminal. */
function filterOutput(outside: Io, hideSecrets: (text: string) => string): Io {
    const { out = plain, err = plain } = outside;
    const fit = (text: string, { isTerminal }: Display) => (isTerminal ? toTerminal(text) : text);
    return {
        ...outside,
        stdout: data => outside.stdout(typeof data === 'string' ? fit(data, out) : data),
        stderr: text => outside.stderr(fit(hideSecrets(text), err))
    };
}

async function answer(
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

async function settle(argv: readonly string[], io: Io, work: () => Promise<unknown>): Promise<number> {
    try {
        await work();
        return 0;
    } catch (error) {
        return report(error, argv, io);
    }
}

const moreHelp = `

If the server requires a token: --bearer, MCP_AUTH_TOKEN, or --header-file, which other users cannot see.
A server from --config gets the token of the file or of --bearer, never that of MCP_AUTH_TOKEN.
In a pipe: npm run --silent client -- call add a=2 b=3 --json | jq
Exit codes: 0 ok, 1 wrong usage, 3 not allowed, 4 cannot reach the server, 5 tool error, 130 interrupted
(129 by SIGHUP, 143 by SIGTERM)`;
