// A server of mcp-framework as its README shows it: HTTP+SSE at /sse on PORT, with the tool classes of the folder `tools`.
import { MCPServer } from 'mcp-framework';

const server = new MCPServer({
    basePath: import.meta.dirname,
    transport: { type: 'sse', options: { port: Number(process.env.PORT) } }
});
await server.start();
