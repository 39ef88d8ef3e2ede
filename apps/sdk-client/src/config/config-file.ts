import stripJsonComments from 'strip-json-comments';
import { z } from 'zod';
import { CliError } from '../errors/cli-error.ts';
import type { TransportChoice } from './options.ts';
import { readTextFile } from './read-text.ts';

/** A server as a client's settings have it; variables are not filled in yet. */
export interface ServerEntry {
    /** What errors call it. */
    source: string;
    url: string;
    headers: Record<string, string>;
    transport: TransportChoice;
}

const entrySchema = z.looseObject({
    type: z.string().optional(),
    url: z.string().optional(),
    command: z.string().optional(),
    args: z.array(z.string()).optional(),
    headers: z.record(z.string(), z.string()).optional()
});
const fileSchema = z.looseObject({
    mcpServers: z.record(z.string(), entrySchema).optional(),
    servers: z.record(z.string(), entrySchema).optional()
});

type Entry = z.output<typeof entrySchema>;

/**
 * Finds a server in the settings of another client: `mcpServers` of Claude and Cursor, or `servers` of VS Code.
 *
 * @param name the server's; needed where there are several.
 * @throws {CliError} with code `usage`.
 */
export function readServerEntry(file: string, name: string | undefined): ServerEntry {
    const { mcpServers, servers } = parseFile(file);
    const entries = mcpServers ?? servers;
    if (!entries) throw usage(`${file} has neither mcpServers nor servers; is it the settings of an MCP client?`);
    const names = Object.keys(entries);
    const known = names.join(', ') || 'none';
    const chosen = name ?? names[0];
    if (chosen === undefined) throw usage(`${file} has no servers`);
    if (name === undefined && names.length > 1) {
        throw usage(`${file} has several servers; choose one by --server: ${known}`);
    }
    const entry = Object.hasOwn(entries, chosen) ? entries[chosen] : undefined;
    if (!entry) throw usage(`${file} has no server ${JSON.stringify(chosen)}; it has ${known}`);
    const source = `${JSON.stringify(chosen)} in ${file}`;
    if (entry.url === undefined) throw usage(`${source} ${explainNoUrl(entry)}`);
    return {
        source,
        url: entry.url,
        headers: entry.headers ?? {},
        transport: transportOf(entry, mcpServers === undefined)
    };
}

function parseFile(file: string): z.output<typeof fileSchema> {
    // VS Code allows comments in its files, and commas where nothing follows.
    const text = stripJsonComments(readTextFile(file), { trailingCommas: true });
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (error) {
        throw new CliError('usage', `${file} is not JSON`, { cause: error });
    }
    const parsed = fileSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw usage(`${file} is not the settings of an MCP client: ${issue?.path.join('.')}: ${issue?.message}`);
}

function explainNoUrl({ command, args = [] }: Entry): string {
    if (command === undefined) return 'has no url';
    const url = args.find(argument => /^https?:/.test(argument));
    const hint =
        url && URL.canParse(url)
            ? `; it leads to a URL, so try --url ${new URL(url).origin}${new URL(url).pathname}`
            : '';
    return `starts a program, and this client speaks to URLs only${hint}`;
}

/** VS Code tries both where the type is http; the others take it at its word. */
function transportOf({ type }: Entry, isVsCode: boolean): TransportChoice {
    if (type === 'sse') return 'sse';
    const isHttp = type === 'http' || type === 'streamable-http';
    return isHttp && !isVsCode ? 'http' : 'auto';
}

function usage(message: string): CliError {
    return new CliError('usage', message);
}
