import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

export function addTools(server: McpServer) {
    const add = { a: z.number(), b: z.number() };
    server.registerTool('add', { inputSchema: add }, ({ a, b }) => text(String(a + b)));

    // TODO 1: the tool `echo` with the argument `message`: it returns the text unchanged.

    // TODO 2: the tool `server_time` with the optional argument `timezone`: it returns date and time in that zone.
    // TODO 3: if the zone does not exist, return a result with `isError: true` that names it.

    // TODO 4: the tool `random-joke`: it fetches process.env.JOKE_URL, which answers {"value":"the joke"}.
    // TODO 5: if the API answers no joke within a second, return a built-in one.
}

/** The result of a tool. */
function text(text: string) {
    return { content: [{ type: 'text' as const, text }] };
}
