// A server of fastmcp, whose file is the first argument: HTTP+SSE at /sse and Streamable HTTP at /mcp, on PORT.
import { z } from 'zod';

const { FastMCP } = await import(process.argv[2]);

const server = new FastMCP({ name: 'fast', version: '1.0.0' });
server.addTool({
    name: 'add',
    parameters: z.object({ a: z.number(), b: z.number() }),
    execute: async ({ a, b }) => String(a + b)
});
server.addTool({
    name: 'echo',
    parameters: z.object({ message: z.string() }),
    execute: async ({ message }) => message
});
server.addResource({
    uri: 'note://today',
    name: 'today',
    mimeType: 'text/plain',
    load: async () => ({ text: 'Buy bread' })
});
server.addPrompt({
    name: 'greet',
    arguments: [{ name: 'who', required: true }],
    load: async ({ who }) => `Greet ${who}`
});
await server.start({
    transportType: 'httpStream',
    httpStream: { port: Number(process.env.PORT), host: '127.0.0.1' }
});
