import { examples, type Run } from './commands/command.ts';
import { addConnectionOptions, type GlobalOptions } from './config/options.ts';
import { resolveSettings } from './config/settings.ts';
import { connect } from './connection/connect.ts';
import { createTrace } from './connection/trace.ts';
import { type Display, type Io, plain } from './output/io.ts';
import { createNotices } from './output/notices.ts';
import { toTerminal } from './output/screen.ts';
import { createSecrets } from './output/secrets.ts';
import { answer, createProgram, runProgram } from './program.ts';
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
    addShell(program, connectAndRun);
    program.addHelpText('after', examples('tools', 'call add a=2 b=3') + moreHelp);
    return runProgram(program, argv, io);
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

const moreHelp = `

If the server requires a token: --bearer, MCP_AUTH_TOKEN, or --header-file, which other users cannot see.
A server from --config gets the token of the file or of --bearer, never that of MCP_AUTH_TOKEN.
In a pipe: npm run --silent client -- call add a=2 b=3 --json | jq
Exit codes: 0 ok, 1 wrong usage, 3 not allowed, 4 cannot reach the server, 5 tool error, 130 interrupted
(129 by SIGHUP, 143 by SIGTERM)`;
