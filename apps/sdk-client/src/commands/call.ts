import { type CallToolResult, CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { type ArgumentOptions, addArgumentOptions } from '../arguments/argument-options.ts';
import { collectArguments } from '../arguments/arguments.ts';
import { findByName } from '../connection/lists.ts';
import { CliError } from '../errors/cli-error.ts';
import { checkOutput } from '../output/check-output.ts';
import { formatJson, formatResult } from '../output/format.ts';
import { warn } from '../output/output.ts';
import { createProgressLine } from '../output/progress.ts';
import { type AddCommand, type CommandContext, examples } from './command.ts';

/** `call`: runs one tool; prints its content as text, or the whole result as JSON. Throws if the result is an error. */
export const addCall: AddCommand = (program, run) => {
    addArgumentOptions(program.command('call'))
        .description('Call a tool and print its result.')
        .argument('<tool>', 'name of the tool')
        .argument('[arguments...]', 'name=value, converted to the type in the schema, or name:=json')
        .addHelpText(
            'after',
            examples(
                'call add a=2 b=3',
                'call echo message="good morning"',
                `call add --args '{"a": 2}' b:=3`,
                'call random-joke'
            )
        )
        .action((name: string, words: string[], { args: objects = [] }: ArgumentOptions) =>
            run(async context => {
                const { connection, json, screen } = context;
                const tool = await findByName(connection, 'tools', name);
                if (tool.execution?.taskSupport === 'required') {
                    throw new CliError('tool-error', `${name} can only be run as a task, and this client has no tasks`);
                }
                const args = await collectArguments({ words, objects }, tool, context);
                const result = await callTool(name, args, context);
                const problem = checkOutput(tool, result);
                if (problem !== undefined) warn(`the result of ${name} is not checked: ${problem}`, context);
                if (!result.isError) return json ? formatJson(result) : screen.show(formatResult(result));
                throw new CliError('tool-error', formatResult(result) || `${name} failed and did not say why`);
            })
        );
};

async function callTool(name: string, args: Record<string, unknown>, context: CommandContext): Promise<CallToolResult> {
    const { connection, io, json, quiet } = context;
    const line = json || quiet ? undefined : createProgressLine(io);
    try {
        return await connection.request('tools/call', async (client, options) => {
            // Progress costs messages, so only a client that shows it asks for it.
            const more = line && { onprogress: line.show };
            const params = { name, arguments: args };
            // The SDK's type also allows a form of result that was removed in 2024; the schema does not.
            return CallToolResultSchema.parse(
                await client.callTool(params, CallToolResultSchema, { ...options, ...more })
            );
        });
    } finally {
        line?.clear();
    }
}
