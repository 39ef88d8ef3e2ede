import { listValid } from '../connection/lists.ts';
import { type Entry, formatHeading, formatJson, formatList } from '../output/format.ts';
import { type AddCommand, examples } from './command.ts';

/** `resources`: what there is to read, and the templates by which there is more. */
export const addResources: AddCommand = (program, run) => {
    program
        .command('resources')
        .description('List the resources and the resource templates of the server.')
        .addHelpText('after', examples('resources', 'resources --json'))
        .action(() =>
            run(async context => {
                const { json, screen } = context;
                const resources = await listValid('resources', context);
                const resourceTemplates = await listValid('resourceTemplates', context);
                if (json) return formatJson({ resources, resourceTemplates });
                const entries: Entry[] = [
                    ...resources.map(each => toEntry(each.uri, each)),
                    ...resourceTemplates.map(each => toEntry(each.uriTemplate, each))
                ];
                return formatList(entries, entry => formatHeading(entry, screen), 'the server has no resources');
            })
        );
};

function toEntry(address: string, { name, title = name, description }: Entry): Entry {
    return { name: address, title, description };
}
