import {
    ErrorCode,
    McpError,
    type Prompt,
    PromptSchema,
    type Resource,
    ResourceSchema,
    type ResourceTemplate,
    ResourceTemplateSchema,
    type Tool,
    ToolSchema
} from '@modelcontextprotocol/sdk/types.js';
import { CliError, usageError } from '../errors/cli-error.ts';
import { type Output, warn } from '../output/output.ts';
import type { Connection } from './connection.ts';
import { type LeftOut, type List, type Listed, listPages } from './list-pages.ts';

/** What the lists of a server hold, by the name of the list in its result. */
interface Items {
    tools: Tool;
    resources: Resource;
    resourceTemplates: ResourceTemplate;
    prompts: Prompt;
}

export type ListName = keyof Items;

/** The lists of one server. */
export type Lists = { [Name in ListName]: readonly Items[Name][] };

const known: { [Name in ListName]: List<Items[Name]> } = {
    tools: { method: 'tools/list', kind: 'tool', entry: ToolSchema },
    resources: { method: 'resources/list', kind: 'resource', entry: ResourceSchema },
    resourceTemplates: {
        method: 'resources/templates/list',
        kind: 'resource template',
        entry: ResourceTemplateSchema
    },
    prompts: { method: 'prompts/list', kind: 'prompt', entry: PromptSchema }
};

/** How many names an error lists. */
const SHOWN_NAMES = 50;

/** Requests a list; it is empty if the server does not know the request and need not know it. */
export async function listAll<Name extends ListName>(connection: Connection, name: Name): Promise<Listed<Items[Name]>> {
    try {
        return await listPages(connection, name, known[name]);
    } catch (error) {
        const cause = error instanceof CliError ? error.cause : undefined;
        const isUnknown = cause instanceof McpError && cause.code === ErrorCode.MethodNotFound;
        // A server may have a list that it has not announced, so the request is sent first. Resource templates cannot be
        // announced.
        const announced: Partial<Record<ListName, unknown>> = connection.client.getServerCapabilities() ?? {};
        if (isUnknown && announced[name] === undefined) return { items: [], leftOut: [] };
        throw error;
    }
}

/** Requests a list. Warns of each invalid entry, and returns the others. */
export async function listValid<Name extends ListName>(
    name: Name,
    context: Output & { connection: Connection }
): Promise<Items[Name][]> {
    const { items, leftOut } = await listAll(context.connection, name);
    for (const each of leftOut) warn(`${describe(each)} is left out: ${each.reason}`, context);
    return items;
}

/**
 * Requests a list and finds an entry by its name.
 *
 * @throws {CliError} `tool-error` if the entry is invalid; `usage`, with the names of all others, if there is none.
 */
export async function findByName<Name extends ListName>(
    connection: Connection,
    list: Name,
    name: string
): Promise<Items[Name]> {
    const { items, leftOut } = await listAll(connection, list);
    const found = items.find(candidate => candidate.name === name);
    if (found) return found;
    const broken = leftOut.find(each => each.name === JSON.stringify(name));
    if (broken) throw new CliError('tool-error', `${describe(broken)} cannot be used: ${broken.reason}`);
    const shown = items.slice(0, SHOWN_NAMES).map(candidate => candidate.name);
    if (items.length > SHOWN_NAMES) shown.push(`and ${items.length - SHOWN_NAMES} more`);
    const names = shown.join(', ') || 'none';
    const what = `${known[list].kind} named ${JSON.stringify(name)}`;
    throw usageError(`there is no ${what}; the server has ${names}`);
}

function describe({ kind, name }: LeftOut): string {
    return `the ${kind} ${name}`;
}
