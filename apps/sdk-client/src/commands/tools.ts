import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { typesOf } from '../arguments/schema.ts';
import { listValid } from '../connection/lists.ts';
import { argumentRow, formatEntry, formatJson, formatList } from '../output/format.ts';
import type { Screen } from '../output/screen.ts';
import { type AddCommand, examples } from './command.ts';

/** `tools`: lists the tools of the server, as text or as a JSON array. */
export const addTools: AddCommand = (program, run) => {
    program
        .command('tools')
        .description('List the tools of the server and their arguments.')
        .addHelpText('after', examples('tools', 'tools --json'))
        .action(() =>
            run(async context => {
                const { json, screen } = context;
                const tools = await listValid('tools', context);
                if (json) return formatJson(tools);
                return formatList(tools, tool => formatTool(tool, screen), 'the server has no tools');
            })
        );
};

function formatTool({ name, title, description, annotations, inputSchema }: Tool, screen: Screen): string[] {
    const rows = Object.entries(inputSchema.properties ?? {}).map(([argument, schema]) => {
        const { description: text, default: fallback }: { description?: unknown; default?: unknown } = schema;
        const about = typeof text === 'string' ? text : '';
        const byDefault = fallback === undefined ? '' : ` (default ${JSON.stringify(fallback)})`;
        const type = typesOf(schema, inputSchema).join('|') || 'json';
        return argumentRow(argument, type, inputSchema.required?.includes(argument) ?? false, about + byDefault);
    });
    return formatEntry({ name, title: title ?? annotations?.title, description }, rows, screen);
}
