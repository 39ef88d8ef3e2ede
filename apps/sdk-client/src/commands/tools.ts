import type { Connection } from '../connect.ts';
import { formatJson, formatTools } from '../format.ts';
import { listTools } from '../list-tools.ts';

/** `tools`: what the server can do, as text or as the JSON array of its tools. */
export async function toolsCommand(connection: Connection, json: boolean): Promise<string> {
    const tools = await listTools(connection);
    return json ? formatJson(tools) : formatTools(tools);
}
