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
import { type LeftOut, type Listed, listPages } from './list-pages.ts';

/** How many names an error lists. */
const SHOWN_NAMES = 50;

/** All tools of the server. */
export function listTools(connection: Connection): Promise<Listed<Tool>> {
    const list = { method: 'tools/list', member: 'tools', kind: 'tool', entry: ToolSchema };
    return orNone(listPages(connection, list), () => hasNot(connection, 'tools'));
}

/** All resources that the server lists. */
export function listResources(connection: Connection): Promise<Listed<Resource>> {
    const list = { method: 'resources/list', member: 'resources', kind: 'resource', entry: ResourceSchema };
    return orNone(listPages(connection, list), () => hasNot(connection, 'resources'));
}

/** All resource templates. A server without templates may not know the request. */
export function listResourceTemplates(connection: Connection): Promise<Listed<ResourceTemplate>> {
    const method = 'resources/templates/list';
    const list = { method, member: 'resourceTemplates', kind: 'resource template', entry: ResourceTemplateSchema };
    return orNone(listPages(connection, list), () => true);
}

/** All prompts of the server. */
export function listPrompts(connection: Connection): Promise<Listed<Prompt>> {
    const list = { method: 'prompts/list', member: 'prompts', kind: 'prompt', entry: PromptSchema };
    return orNone(listPages(connection, list), () => hasNot(connection, 'prompts'));
}

/** Warns of each invalid entry, and returns the others. */
export function warnOfLeftOut<Item>({ items, leftOut }: Listed<Item>, output: Output): Item[] {
    for (const each of leftOut) warn(`${describe(each)} is left out: ${each.reason}`, output);
    return items;
}

/**
 * Finds an entry by its name.
 *
 * @throws {CliError} `tool-error` if the entry is invalid; `usage`, with the names of all others, if there is none.
 */
export function findByName<Item extends { name: string }>(listed: Listed<Item>, kind: string, name: string): Item {
    const found = listed.items.find(candidate => candidate.name === name);
    if (found) return found;
    const broken = listed.leftOut.find(each => each.name === JSON.stringify(name));
    if (broken) throw new CliError('tool-error', `${describe(broken)} cannot be used: ${broken.reason}`);
    const { length } = listed.items;
    const shown = listed.items.slice(0, SHOWN_NAMES).map(candidate => candidate.name);
    if (length > SHOWN_NAMES) shown.push(`and ${length - SHOWN_NAMES} more`);
    const names = shown.join(', ') || 'none';
    throw usageError(`there is no ${kind} named ${JSON.stringify(name)}; the server has ${names}`);
}

function describe({ kind, name }: LeftOut): string {
    return `the ${kind} ${name}`;
}

/** Whether the server has not announced the capability. It may have it nevertheless, so the request is sent first. */
function hasNot({ client }: Connection, capability: 'tools' | 'resources' | 'prompts'): boolean {
    return client.getServerCapabilities()?.[capability] === undefined;
}

/** Returns the list; an empty one if the server does not know the request and need not know it. */
async function orNone<Item>(list: Promise<Listed<Item>>, mayBeUnknown: () => boolean): Promise<Listed<Item>> {
    try {
        return await list;
    } catch (error) {
        const cause = error instanceof CliError ? error.cause : undefined;
        const isUnknown = cause instanceof McpError && cause.code === ErrorCode.MethodNotFound;
        if (isUnknown && mayBeUnknown()) return { items: [], leftOut: [] };
        throw error;
    }
}
