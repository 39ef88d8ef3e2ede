import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import type { Connection } from './connect.ts';

/** All tools of the server, over as many pages as it takes. */
export async function listTools(connection: Connection): Promise<Tool[]> {
    const tools: Tool[] = [];
    let cursor: string | undefined;
    do {
        const params = cursor === undefined ? {} : { cursor };
        const page = await connection.request('tools/list', (client, options) => client.listTools(params, options));
        tools.push(...page.tools);
        cursor = page.nextCursor;
    } while (cursor !== undefined);
    return tools;
}
