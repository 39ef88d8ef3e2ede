import {
    ErrorCode,
    McpError,
    type Prompt,
    type Resource,
    type ResourceTemplate,
    type Tool
} from '@modelcontextprotocol/sdk/types.js';
import type { Connection } from './connect.ts';
import { CliError } from './errors.ts';
import { listPages } from './list-pages.ts';

/** All tools of the server. */
export function listTools(connection: Connection): Promise<Tool[]> {
    const { request } = connection;
    const tools = listPages(
        params => request('tools/list', (client, options) => client.listTools(params, options)),
        page => page.tools
    );
    return orNone(tools, () => hasNot(connection, 'tools'));
}

/** All resources that the server lists. */
export function listResources(connection: Connection): Promise<Resource[]> {
    const { request } = connection;
    const resources = listPages(
        params => request('resources/list', (client, options) => client.listResources(params, options)),
        page => page.resources
    );
    return orNone(resources, () => hasNot(connection, 'resources'));
}

/** All templates by which the server has more resources; servers that have none need not know the request. */
export function listResourceTemplates({ request }: Connection): Promise<ResourceTemplate[]> {
    const templates = listPages(
        params =>
            request('resources/templates/list', (client, options) => client.listResourceTemplates(params, options)),
        page => page.resourceTemplates
    );
    return orNone(templates, () => true);
}

/** All prompts of the server. */
export function listPrompts(connection: Connection): Promise<Prompt[]> {
    const { request } = connection;
    const prompts = listPages(
        params => request('prompts/list', (client, options) => client.listPrompts(params, options)),
        page => page.prompts
    );
    return orNone(prompts, () => hasNot(connection, 'prompts'));
}

/** A server that does not announce a thing may all the same have it, so that it is asked first. */
function hasNot({ client }: Connection, capability: 'tools' | 'resources' | 'prompts'): boolean {
    return client.getServerCapabilities()?.[capability] === undefined;
}

/** The list, which is empty where the server does not know the request and need not. */
async function orNone<Item>(list: Promise<Item[]>, mayBeUnknown: () => boolean): Promise<Item[]> {
    try {
        return await list;
    } catch (error) {
        const cause = error instanceof CliError ? error.cause : undefined;
        const isUnknown = cause instanceof McpError && cause.code === ErrorCode.MethodNotFound;
        if (isUnknown && mayBeUnknown()) return [];
        throw error;
    }
}
