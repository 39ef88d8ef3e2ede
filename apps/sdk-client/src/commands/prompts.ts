import type { Prompt } from '@modelcontextprotocol/sdk/types.js';
import { listValid } from '../connection/lists.ts';
import { argumentRow, formatEntry, formatJson, formatList } from '../output/format.ts';
import type { Screen } from '../output/screen.ts';
import { type AddCommand, examples } from './command.ts';

/** `prompts`: lists the prompts of the server, as text or as a JSON array. */
export const addPrompts: AddCommand = (program, run) => {
    program
        .command('prompts')
        .description('List the prompts of the server and their arguments.')
        .addHelpText('after', examples('prompts', 'prompts --json'))
        .action(() =>
            run(async context => {
                const { json, screen } = context;
                const prompts = await listValid('prompts', context);
                if (json) return formatJson(prompts);
                return formatList(prompts, prompt => formatPrompt(prompt, screen), 'the server has no prompts');
            })
        );
};

function formatPrompt(prompt: Prompt, screen: Screen): string[] {
    const rows = (prompt.arguments ?? []).map(({ name, required = false, description = '' }) =>
        argumentRow(name, 'string', required, description)
    );
    return formatEntry(prompt, rows, screen);
}
