import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Connection } from '../connect.ts';
import { CliError } from '../errors.ts';
import { formatJson, formatResult } from '../format.ts';
import { listTools } from '../list-tools.ts';
import { parseArguments } from '../parse-arguments.ts';

/** What `call` was asked to do. */
export interface CallRequest {
    /** The name of the tool. */
    name: string;
    /** The arguments as they were typed. */
    words: readonly string[];
    json: boolean;
}

/**
 * `call`: runs one tool; its content as text, or the whole result as JSON.
 *
 * @throws {CliError} with code `tool-error` when the result is an error.
 */
export async function callCommand(connection: Connection, { name, words, json }: CallRequest): Promise<string> {
    const tool = findTool(await listTools(connection), name);
    const params = { name, arguments: parseArguments(words, tool) };
    const result = await connection.request('tools/call', async (client, options) => {
        // The SDK's own type allows for a form of result that ended in 2024; the schema does not.
        return CallToolResultSchema.parse(await client.callTool(params, CallToolResultSchema, options));
    });
    if (result.isError) throw new CliError('tool-error', formatResult(result) || `${name} failed and did not say why`);
    return json ? formatJson(result) : formatResult(result);
}

function findTool(tools: readonly Tool[], name: string): Tool {
    const tool = tools.find(candidate => candidate.name === name);
    if (tool) return tool;
    const names = tools.map(candidate => candidate.name).join(', ') || 'none';
    throw new CliError('usage', `there is no tool named ${JSON.stringify(name)}; the server has ${names}`);
}
