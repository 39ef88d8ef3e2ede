import { type Command, Option } from 'commander';
import { CliError } from '../errors/cli-error.ts';
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
    /** The token to show, where the server wants one; may be empty. */
    bearer?: string;
    config?: string;
    server?: string;
    /** Milliseconds for one request. */
    timeout: number;
    /** Milliseconds until the server has to be ready. */
    connectTimeout: number;
    /** Milliseconds to go on trying after a drop. */
    reconnectTimeout: number;
    trace?: boolean;
}

/**
 * Where the sample server listens unless told otherwise. Not /sse, which answers as well: there every command would
 * first be refused a POST, and HTTP+SSE has no word for the end of a session, which would wait for its client in vain.
 */
const DEFAULT_URL = 'http://127.0.0.1:3001/mcp';

/** The longest time a timer can wait, in milliseconds: about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * A server restarts within seconds, and who waits for one that is gone wants to know it. Shorter than the time limit of a
 * request, which would only say that no answer came; in milliseconds.
 */
const DEFAULT_RECONNECT_TIMEOUT_MS = 15_000;

/** Adds the options about what is printed. */
export function addOutputOptions(program: Command): void {
    program.option('--json', 'print JSON, errors included').option('--quiet', 'show no progress, and ask for nothing');
}

/** Adds the options about the server; they may stand before or after the command's name. */
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
                'Streamable HTTP, HTTP+SSE, or by default whichever the server has'
            ).choices(transportChoices)
        )
        .addOption(
            new Option('--header <name: value>', 'header for every request; may be given more than once').argParser(
                (text, before: Header[] = []) => [...before, parseHeader(text, '--header')]
            )
        )
        .option('--header-file <file>', 'headers, one a line, out of sight of other users')
        .addOption(
            new Option('--bearer <token>', 'token, for a server that wants one')
                .env('MCP_AUTH_TOKEN')
                .argParser(parseToken)
        )
        .option('--config <file>', 'settings of Claude, Cursor or VS Code that name the server')
        .option('--server <name>', 'which server of that file, where it has several')
        .addOption(
            new Option('--timeout <ms>', 'time limit of each request')
                .default(60_000)
                .argParser(text => parseMilliseconds('--timeout', text))
        )
        .addOption(
            new Option('--connect-timeout <ms>', 'time limit for connecting')
                .default(10_000)
                .argParser(text => parseMilliseconds('--connect-timeout', text))
        )
        .addOption(
            new Option('--reconnect-timeout <ms>', 'time limit for coming back after a drop')
                .default(DEFAULT_RECONNECT_TIMEOUT_MS)
                .argParser(text => parseMilliseconds('--reconnect-timeout', text))
        )
        .option('--trace', 'show on stderr every request and every event, with time and size');
}

/**
 * @param source what an error calls the place where the address stands.
 * @throws {CliError} with code `usage`.
 */
export function parseUrl(text: string, source: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
        throw new CliError('usage', `${source} must be an address such as ${DEFAULT_URL}, got ${JSON.stringify(text)}`);
    }
    if (url.username || url.password) {
        throw new CliError('usage', `${source} must not contain a user name or password`);
    }
    return url;
}

/** RFC 6750, section 2.1. A server's variable of this name may hold several, of which one will do, or nothing. */
function parseToken(text: string): string {
    const [token = ''] = text.split(',', 1).map(part => part.trim());
    if (/^([\w.~+/-]+=*)?$/.test(token)) return token;
    throw new CliError('usage', '--bearer (or MCP_AUTH_TOKEN) must be a token of letters, digits and -._~+/=');
}

/** @throws {CliError} with code `usage`. */
export function parseMilliseconds(name: string, text: string): number {
    return parseWhole(name, text, 'a whole number of milliseconds');
}

/** @throws {CliError} with code `usage`. */
export function parseCount(name: string, text: string): number {
    return parseWhole(name, text, 'a whole number');
}

function parseWhole(name: string, text: string, what: string): number {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= 1 && value <= MAX_TIMER_MS) return value;
    throw new CliError('usage', `${name} must be ${what} from 1 to ${MAX_TIMER_MS}, got ${JSON.stringify(text)}`);
}
