import type { Command } from 'commander';
import { usageError } from '../errors/cli-error.ts';
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
        throw usageError('--server requires --config, the file with the server');
    if (config !== undefined && isTyped('url'))
        throw usageError('--config already has the URL of the server; leave out --url');

    const entry = config === undefined ? undefined : readServerEntry(config, server);
    const typed = headerFile === undefined ? [] : parseHeaderFile(readTextFile(headerFile), headerFile);
    typed.push(...(options.header ?? []));
    const headers = new Headers();
    if (bearer) {
        const authorization = { name: 'Authorization', value: `Bearer ${bearer}` };
        if (isTyped('bearer')) typed.push(authorization);
        // The token in the environment is for the server of MCP_URL, so no server of a file gets it.
        else if (!entry) headers.set(authorization.name, authorization.value);
    }
    for (const { name, value } of [...(entry ? headersOf(entry, typed) : []), ...typed]) headers.set(name, value);
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
