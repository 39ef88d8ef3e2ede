import type { Command } from 'commander';
import { CliError } from '../errors/cli-error.ts';
import { readServerEntry, type ServerEntry } from './config-file.ts';
import { expandVariables } from './expand-variables.ts';
import { checkHeader, type Header, parseHeaderFile } from './headers.ts';
import { type GlobalOptions, parseUrl, type TransportChoice } from './options.ts';
import { readTextFile } from './read-text.ts';

/** Which server to connect to, and how. */
export interface Settings {
    url: URL;
    transport: TransportChoice;
    /** Sent with every request. */
    headers: Headers;
    /** How long one request may take, in milliseconds. */
    timeoutMs: number;
    /** How long connecting may take, in milliseconds. */
    connectTimeoutMs: number;
    /** How long to keep trying after a drop, in milliseconds. */
    reconnectTimeoutMs: number;
}

/**
 * Combines the command line, the environment and the files that they name. If a header is given more than once, the last
 * in this order is used: `--config`, `--header-file`, `--header`, `--bearer`.
 *
 * @throws {CliError} with code `usage`.
 */
export function resolveSettings(program: Command): Settings {
    const options = program.opts<GlobalOptions>();
    const isTyped = (name: keyof GlobalOptions) => program.getOptionValueSource(name) === 'cli';
    const { config, server, headerFile, bearer } = options;
    if (server !== undefined && config === undefined)
        throw usage('--server requires --config, the file with the server');
    if (config !== undefined && isTyped('url'))
        throw usage('--config already has the URL of the server; leave out --url');

    const entry = config === undefined ? undefined : readServerEntry(config, server);
    const typed = [...(headerFile === undefined ? [] : parseHeaderFile(readTextFile(headerFile), headerFile))];
    typed.push(...(options.header ?? []));
    if (bearer && isTyped('bearer')) typed.push(authorization(bearer));
    const headers = new Headers();
    // The token in the environment is for the server of MCP_URL, so no server of a file gets it.
    if (bearer && !entry && !isTyped('bearer')) setHeader(headers, authorization(bearer));
    if (entry) for (const header of headersOf(entry, typed)) setHeader(headers, header);
    for (const header of typed) setHeader(headers, header);
    return {
        url: entry ? parseUrl(expandVariables(entry.url, process.env, entry.source), entry.source) : options.url,
        transport: options.transport ?? entry?.transport ?? 'auto',
        headers,
        timeoutMs: options.timeout,
        connectTimeoutMs: options.connectTimeout,
        reconnectTimeoutMs: options.reconnectTimeout
    };
}

/** The headers of an entry with their variables replaced, except headers that are also given as options. */
function headersOf({ headers, source }: ServerEntry, typed: readonly Header[]): Header[] {
    const given = new Set(typed.map(({ name }) => name.toLowerCase()));
    return Object.entries(headers)
        .filter(([name]) => !given.has(name.toLowerCase()))
        .map(([name, value]) => checkHeader({ name, value: expandVariables(value, process.env, source) }, source));
}

function authorization(token: string): Header {
    return { name: 'Authorization', value: `Bearer ${token}` };
}

function setHeader(headers: Headers, { name, value }: Header): void {
    headers.set(name, value);
}

function usage(message: string): CliError {
    return new CliError('usage', message);
}
