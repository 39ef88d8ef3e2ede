import type { Prompt } from '@modelcontextprotocol/sdk/types.js';
import { argumentHelp } from '../arguments/argument-help.ts';
import { collectArguments } from '../arguments/arguments.ts';
import type { ToolShape } from '../arguments/parse-arguments.ts';
import { findByName, listPrompts } from '../connection/lists.ts';
import { CliError } from '../errors/cli-error.ts';
import { formatContent, formatJson } from '../output/format.ts';
import { type AddCommand, collect, examples } from './command.ts';

/** `prompt`: prints the messages of a prompt as text, or the whole result as JSON. */
export const addPrompt: AddCommand = (program, run) => {
    program
        .command('prompt')
        .description('Get a prompt and print its messages.')
        .argument('<prompt>', 'name of the prompt')
        .argument('[arguments...]', 'name=value')
        .option('--args <json>', 'arguments as a JSON object, as @file, or - for standard input', collect)
        .addHelpText(
            'after',
            argumentHelp +
                examples(
                    'prompt what-time-is-it timezone=Europe/Paris',
                    `prompt what-time-is-it --args '{"timezone": "Asia/Tokyo"}'`
                )
        )
        .action((name: string, words: string[], options: { args?: string[] }) =>
            run(async context => {
                const { connection, json, screen } = context;
                const shape = toShape(findByName(await listPrompts(connection), 'prompt', name));
                const args = requireStrings(
                    await collectArguments({ words, objects: options.args ?? [] }, shape, context)
                );
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
        throw new CliError(
            'usage',
            `${name} must be a string, like all arguments of a prompt, got ${JSON.stringify(value)}`
        );
    }
    return args as Record<string, string>;
}
