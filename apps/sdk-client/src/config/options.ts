import { LONGEST_TIMER_MS } from '@calc/transport/limits';
import { type Command, Option } from 'commander';
import { usageError } from '../errors/cli-error.ts';
import { type Header, parseHeader } from './headers.ts';

const transportChoices = ['auto', 'sse', 'http'] as const;
/** `auto`: Streamable HTTP, or HTTP+SSE if the server has no Streamable HTTP. */
export type TransportChoice = (typeof transportChoices)[number];

/** The options about what is printed. */
export interface OutputOptions {
    json?: boolean;
    quiet?: boolean;
}

/** The options that all commands share. */
export interface GlobalOptions extends OutputOptions {
    url: URL;
    transport?: TransportChoice;
    header?: Header[];
    headerFile?: string;
    /** The bearer token; may be empty. */
    bearer?: string;
    config?: string;
    server?: string;
    /** Milliseconds for one request. */
    timeout: number;
    /** Milliseconds for connecting. */
    connectTimeout: number;
    /** Milliseconds to keep trying after a drop. */
    reconnectTimeout: number;
    trace?: boolean;
}

/**
 * The default address of the sample server. Not /sse: there the server would first refuse the POST of every command, and
 * HTTP+SSE has no message that ends a session, so the server would keep each session until its time limit.
 */
const DEFAULT_URL = 'http://127.0.0.1:3001/mcp';

/**
 * A server restarts within seconds, in milliseconds. Shorter than the time limit of a request, whose error would only say
 * that no answer came.
 */
const DEFAULT_RECONNECT_TIMEOUT_MS = 15_000;

/** Adds the options about what is printed. */
export function addOutputOptions(program: Command): void {
    program
        .option('--json', 'print JSON, also for errors')
        .option('--quiet', 'show no progress and no warnings, ask no questions');
}

/** Adds the options about the connection. They may come before or after the command. */
export function addConnectionOptions(program: Command): void {
    program
        .addOption(
            new Option('--url <url>', 'address of the server')
                .env('MCP_URL')
                .default(new URL(DEFAULT_URL), DEFAULT_URL)
                .argParser(text => parseUrl(text, '--url (or MCP_URL)'))
        )
        .addOption(
            new Option(
                '--transport <kind>',
                'http is Streamable HTTP, sse is HTTP+SSE, auto tries both (default)'
            ).choices(transportChoices)
        )
        .addOption(
            new Option('--header <name: value>', 'header for every request; may be given more than once').argParser(
                (text, before: Header[] = []) => [...before, parseHeader(text, '--header')]
            )
        )
        .option('--header-file <file>', 'file with one header a line; other users cannot see it, unlike options')
        .addOption(
            new Option('--bearer <token>', 'bearer token, if the server requires one')
                .env('MCP_AUTH_TOKEN')
                .argParser(parseToken)
        )
        .option('--config <file>', 'settings file of Claude, Cursor or VS Code with the server')
        .option('--server <name>', 'name of the server in that file, if it has several')
        .addOption(wholeNumber('--timeout <ms>', 'time limit of each request').default(60_000))
        .addOption(wholeNumber('--connect-timeout <ms>', 'time limit for connecting').default(10_000))
        .addOption(
            wholeNumber('--reconnect-timeout <ms>', 'time limit for reconnecting after a drop').default(
                DEFAULT_RECONNECT_TIMEOUT_MS
            )
        )
        .option('--trace', 'show every request and every event on stderr, with time and size');
}

/**
 * @param source where the URL is, for errors.
 * @throws {CliError} with code `usage`.
 */
export function parseUrl(text: string, source: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
        throw usageError(`${source} must be a URL such as ${DEFAULT_URL}, got ${JSON.stringify(text)}`);
    }
    if (url.username || url.password) {
        throw usageError(`${source} must not contain a user name or password`);
    }
    return url;
}

/** RFC 6750, section 2.1. The server's variable of this name may hold several tokens, or none; the first is used. */
function parseToken(text: string): string {
    const [token = ''] = text.split(',', 1).map(part => part.trim());
    if (/^([\w.~+/-]+=*)?$/.test(token)) return token;
    throw usageError('--bearer (or MCP_AUTH_TOKEN) must be a token of letters, digits and -._~+/=');
}

/**
 * Creates an option that takes a whole number, which a timer of node can wait if it is milliseconds (`<ms>`). Its parser
 * throws a CliError with code `usage`.
 */
export function wholeNumber(flags: string, description: string): Option {
    const option = new Option(flags, description);
    const what = flags.endsWith('<ms>') ? 'a whole number of milliseconds' : 'a whole number';
    return option.argParser(text => {
        const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
        if (value >= 1 && value <= LONGEST_TIMER_MS) return value;
        throw usageError(`${option.long} must be ${what} from 1 to ${LONGEST_TIMER_MS}, got ${JSON.stringify(text)}`);
    });
}
