import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** The calculator as a tutorial writes it, for one session. */
export function createCalculator(): McpServer {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' }, { capabilities: { logging: {} } });

    server.registerTool(
        'add',
        {
            title: 'Add',
            description: 'Add two numbers.',
            inputSchema: { a: z.number().describe('First term'), b: z.number().describe('Second term') },
            outputSchema: { sum: z.number() }
        },
        async ({ a, b }) => {
            const sum = a + b;
            return { content: [{ type: 'text', text: String(sum) }], structuredContent: { sum } };
        }
    );

    server.registerTool(
        'echo',
        {
            title: 'Echo a message',
            description: 'Returns the message unchanged.',
            inputSchema: { message: z.string().describe('The text to send back') },
            outputSchema: { echo: z.string(), timestamp: z.string() }
        },
        async ({ message }) => {
            const value = { echo: message, timestamp: new Date().toISOString() };
            return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value };
        }
    );

    server.registerTool(
        'server_time',
        {
            title: 'Tell the time',
            description: "Returns the server's current time.",
            inputSchema: { timezone: z.string().default('UTC').describe('An IANA time zone') },
            outputSchema: { iso: z.string(), local: z.string(), unix: z.number().int(), timezone: z.string() }
        },
        async ({ timezone }) => {
            const now = new Date();
            const local = now.toLocaleString('en-GB', { timeZone: timezone });
            const value = { iso: now.toISOString(), local, unix: Math.floor(now.getTime() / 1000), timezone };
            return { content: [{ type: 'text', text: local }], structuredContent: value };
        }
    );

    server.registerTool(
        'random-joke',
        {
            title: 'Tell a joke',
            description: 'Tells a joke.',
            inputSchema: {},
            outputSchema: { joke: z.string(), source: z.string() }
        },
        async () => {
            const value = { joke: 'Chuck Norris counted to infinity. Twice.', source: 'built-in' };
            return { content: [{ type: 'text', text: value.joke }], structuredContent: value };
        }
    );

    return server;
}
