import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** How long the slow tools run, in milliseconds: long enough to be killed in the middle. */
const SLOW_MS = 2000;

/** A server with `echo`, and two slow tools that print a line for each run. */
export function createSlowServer(): McpServer {
    const server = new McpServer({ name: 'chaos', version: '1' });
    const inputSchema = { message: z.string() };
    const reply = (message: string) => ({
        content: [{ type: 'text' as const, text: JSON.stringify({ echo: message }) }]
    });
    const runSlowly = (tool: string) => async (args: { message: string }) => {
        console.log(`run ${tool} ${args.message}`);
        await sleep(SLOW_MS);
        return reply(args.message);
    };
    const repeatable = { readOnlyHint: true, idempotentHint: true };
    server.registerTool('echo', { inputSchema, annotations: repeatable }, args => reply(args.message));
    server.registerTool('slow-read', { inputSchema, annotations: repeatable }, runSlowly('slow-read'));
    server.registerTool('slow-write', { inputSchema, annotations: { idempotentHint: false } }, runSlowly('slow-write'));
    return server;
}
