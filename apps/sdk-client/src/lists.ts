import type { Prompt, Resource, ResourceTemplate, Tool } from '@modelcontextprotocol/sdk/types.js';
import type { Connection } from './connect.ts';
import { listPages } from './list-pages.ts';

/** All tools of the server. */
export function listTools({ request }: Connection): Promise<Tool[]> {
    return listPages(
        params => request('tools/list', (client, options) => client.listTools(params, options)),
        page => page.tools
    );
}

/** All resources that the server lists. */
export function listResources({ request }: Connection): Promise<Resource[]> {
    return listPages(
        params => request('resources/list', (client, options) => client.listResources(params, options)),
        page => page.resources
    );
}

/** All templates by which the server has more resources. */
export function listResourceTemplates({ request }: Connection): Promise<ResourceTemplate[]> {
    return listPages(
        params =>
            request('resources/templates/list', (client, options) => client.listResourceTemplates(params, options)),
        page => page.resourceTemplates
    );
}

/** All prompts of the server. */
export function listPrompts({ request }: Connection): Promise<Prompt[]> {
    return listPages(
        params => request('prompts/list', (client, options) => client.listPrompts(params, options)),
        page => page.prompts
    );
}
