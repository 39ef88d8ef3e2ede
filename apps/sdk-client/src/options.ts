import { type Command, Option } from 'commander';
import { CliError } from './errors.ts';

/** The options that all commands share. */
export interface GlobalOptions {
    url: URL;
    /** The token to show, where the server wants one; may be empty. */
    bearer?: string;
    /** Milliseconds for one request. */
    timeout: number;
    /** Milliseconds until the server has to be ready. */
    connectTimeout: number;
    json?: true;
}

/** Where the sample server listens unless told otherwise. */
const DEFAULT_URL = 'http://127.0.0.1:3001/sse';

/** The longest time a timer can wait, in milliseconds: about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Adds the shared options; they may stand before or after the command's name. */
export function addGlobalOptions(program: Command): void {
    program
        .addOption(
            new Option('--url <url>', 'address of the event stream')
                .env('MCP_URL')
                .default(new URL(DEFAULT_URL), DEFAULT_URL)
                .argParser(parseUrl)
        )
        .addOption(
            new Option('--bearer <token>', 'token, for a server that wants one')
                .env('MCP_AUTH_TOKEN')
                .argParser(parseToken)
        )
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
        .option('--json', 'print JSON, errors included');
}

function parseUrl(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
        const got = JSON.stringify(text);
        throw new CliError('usage', `--url (or MCP_URL) must be an address such as ${DEFAULT_URL}, got ${got}`);
    }
    if (url.username || url.password) {
        throw new CliError('usage', '--url (or MCP_URL) must not contain a user name or password');
    }
    return url;
}

/** RFC 6750, section 2.1. A server's variable of this name may hold several, of which one will do, or nothing. */
function parseToken(text: string): string {
    const [token = ''] = text.split(',', 1).map(part => part.trim());
    if (/^([\w.~+/-]+=*)?$/.test(token)) return token;
    throw new CliError('usage', '--bearer (or MCP_AUTH_TOKEN) must be a token of letters, digits and -._~+/=');
}

function parseMilliseconds(name: string, text: string): number {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= 1 && value <= MAX_TIMER_MS) return value;
    const got = JSON.stringify(text);
    throw new CliError('usage', `${name} must be a whole number of milliseconds from 1 to ${MAX_TIMER_MS}, got ${got}`);
}
