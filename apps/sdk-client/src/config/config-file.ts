import stripJsonComments from 'strip-json-comments';
import { z } from 'zod';
import { usageError } from '../errors/cli-error.ts';
import type { TransportChoice } from './options.ts';
import { readTextFile } from './read-text.ts';

/** A server in the settings of another client. Variables are not replaced yet. */
export interface ServerEntry {
    /** Its name in errors. */
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
 * Reads a server from the settings of another client: `mcpServers` of Claude and Cursor, or `servers` of VS Code.
 *
 * @param name the server's name; required if the file has several servers.
 * @throws {CliError} with code `usage`.
 */
export function readServerEntry(file: string, name: string | undefined): ServerEntry {
    const { mcpServers, servers } = parseFile(file);
    const entries = mcpServers ?? servers;
    if (!entries) throw usageError(`${file} has neither mcpServers nor servers; is it the settings of an MCP client?`);
    const names = Object.keys(entries);
    const known = names.join(', ') || 'none';
    const chosen = name ?? names[0];
    if (chosen === undefined) throw usageError(`${file} has no servers`);
    if (name === undefined && names.length > 1) {
        throw usageError(`${file} has several servers; choose one with --server: ${known}`);
    }
    const entry = Object.hasOwn(entries, chosen) ? entries[chosen] : undefined;
    if (!entry) throw usageError(`${file} has no server ${JSON.stringify(chosen)}; it has ${known}`);
    const source = `${JSON.stringify(chosen)} in ${file}`;
    if (entry.url === undefined) throw usageError(`${source} ${explainNoUrl(entry)}`);
    return {
        source,
        url: entry.url,
        headers: entry.headers ?? {},
        transport: transportOf(entry, mcpServers === undefined)
    };
}

function parseFile(file: string): z.output<typeof fileSchema> {
    // VS Code allows comments and trailing commas.
    const text = stripJsonComments(readTextFile(file), { trailingCommas: true });
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (error) {
        throw usageError(`${file} is not JSON`, { cause: error });
    }
    const parsed = fileSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw usageError(`${file} is not the settings of an MCP client: ${issue?.path.join('.')}: ${issue?.message}`);
}

function explainNoUrl({ command, args = [] }: Entry): string {
    if (command === undefined) return 'has no url';
    const url = args.find(argument => /^https?:/.test(argument));
    const hint =
        url && URL.canParse(url)
            ? `; the program connects to a URL, so try --url ${new URL(url).origin}${new URL(url).pathname}`
            : '';
    return `starts a program, and this client connects to URLs only${hint}`;
}

/** For type `http`, VS Code tries both transports; the other clients use Streamable HTTP only. */
function transportOf({ type }: Entry, isVsCode: boolean): TransportChoice {
    if (type === 'sse') return 'sse';
    const isHttp = type === 'http' || type === 'streamable-http';
    return isHttp && !isVsCode ? 'http' : 'auto';
}
