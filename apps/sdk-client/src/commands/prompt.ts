import type { Prompt } from '@modelcontextprotocol/sdk/types.js';
import { type ArgumentOptions, addArgumentOptions } from '../arguments/argument-options.ts';
import { collectArguments } from '../arguments/arguments.ts';
import type { ToolShape } from '../arguments/parse-arguments.ts';
import { findByName } from '../connection/lists.ts';
import { usageError } from '../errors/cli-error.ts';
import { formatContent, formatJson } from '../output/format.ts';
import { type AddCommand, examples } from './command.ts';

/** `prompt`: prints the messages of a prompt as text, or the whole result as JSON. */
export const addPrompt: AddCommand = (program, run) => {
    addArgumentOptions(program.command('prompt'))
        .description('Get a prompt and print its messages.')
        .argument('<prompt>', 'name of the prompt')
        .argument('[arguments...]', 'name=value')
        .addHelpText(
            'after',
            examples(
                'prompt what-time-is-it timezone=Europe/Paris',
                `prompt what-time-is-it --args '{"timezone": "Asia/Tokyo"}'`
            )
        )
        .action((name: string, words: string[], { args: objects = [] }: ArgumentOptions) =>
            run(async context => {
                const { connection, json, screen } = context;
                const shape = toShape(await findByName(connection, 'prompts', name));
                const args = requireStrings(await collectArguments({ words, objects }, shape, context));
                const result = await connection.request('prompts/get', (client, requestOptions) =>
                    client.getPrompt({ name, arguments: args }, requestOptions)
                );
                if (json) return formatJson(result);
                const paragraphs = result.messages.map(
                    ({ role, content }) => `${screen.dim(`${role}:`)} ${screen.show(formatContent(content))}`
                );
                return paragraphs.join('\n\n');
            })
        );
};

/** A prompt's arguments are all strings (MCP, Prompts). */
function toShape({ name, arguments: list = [] }: Prompt): ToolShape {
    const properties = list.map(each => [each.name, { type: 'string', description: each.description }] as const);
    const required = list.filter(each => each.required).map(each => each.name);
    return { name, inputSchema: { properties: Object.fromEntries(properties), required, additionalProperties: false } };
}

function requireStrings(args: Record<string, unknown>): Record<string, string> {
    for (const [name, value] of Object.entries(args)) {
        if (typeof value === 'string') continue;
        throw usageError(`${name} must be a string, like all arguments of a prompt, got ${JSON.stringify(value)}`);
    }
    return args as Record<string, string>;
}
