import { listTools, warnOfLeftOut } from '../connection/lists.ts';
import { formatJson, formatList, formatTool } from '../output/format.ts';
import { type AddCommand, examples } from './command.ts';

/** `tools`: what the server can do, as text or as the JSON array of its tools. */
export const addTools: AddCommand = (program, run) => {
    program
        .command('tools')
        .description('List the tools of the server and their arguments.')
        .addHelpText('after', examples('tools', 'tools --json'))
        .action(() =>
            run(async context => {
                const { connection, json, screen } = context;
                const tools = warnOfLeftOut(await listTools(connection), context);
                if (json) return formatJson(tools);
                return formatList(tools, tool => formatTool(tool, screen), 'the server has no tools');
            })
        );
};
