import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { type AddCommand, examples } from '../command.ts';
import type { Connection } from '../connect.ts';
import { CliError } from '../errors.ts';
import { type Entry, formatHeading, formatJson, formatList } from '../format.ts';
import { listResources, listResourceTemplates } from '../lists.ts';

/** `resources`: what there is to read, and the templates by which there is more. */
export const addResources: AddCommand = (program, run) => {
    program
        .command('resources')
        .description('List the resources of the server, and the templates of those it does not list.')
        .addHelpText('after', examples('resources', 'resources --json'))
        .action(() =>
            run(async ({ connection, json, screen }) => {
                const resources = await listResources(connection);
                const resourceTemplates = await findTemplates(connection);
                if (json) return formatJson({ resources, resourceTemplates });
                const entries: Entry[] = [
                    ...resources.map(each => ({ ...each, name: each.uri, title: each.title ?? each.name })),
                    ...resourceTemplates.map(each => ({
                        ...each,
                        name: each.uriTemplate,
                        title: each.title ?? each.name
                    }))
                ];
                return formatList(entries, entry => formatHeading(entry, screen), 'the server has no resources');
            })
        );
};

/** Templates are an extra: servers that have none need not know the request. */
async function findTemplates(connection: Connection) {
    try {
        return await listResourceTemplates(connection);
    } catch (error) {
        const cause = error instanceof CliError ? error.cause : undefined;
        if (cause instanceof McpError && cause.code === ErrorCode.MethodNotFound) return [];
        throw error;
    }
}
