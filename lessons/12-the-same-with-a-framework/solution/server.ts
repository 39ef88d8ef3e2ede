import { readdir } from 'node:fs/promises';
import { addMcpRoutes } from '@calc/lessons/tutorial';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import type { MCPTool } from 'mcp-framework';

const PORT = Number(process.env.PORT ?? 3001);

/** The tool classes in the folder `tools`, by the name of the tool. */
const tools = new Map<string, new () => MCPTool>();

for (const file of await readdir(new URL('tools', import.meta.url))) {
    const { default: Tool } = await import(`./tools/${file}`);
    tools.set(new Tool().name, Tool);
}

function createServer() {
    const mcp = new McpServer({ name: 'calculator', version: '1.0.0' }, { capabilities: { tools: {} } });
    mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({
        tools: [...tools.values()].map(Tool => new Tool().toolDefinition)
    }));
    mcp.server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
        const { name, arguments: args = {}, _meta } = params;
        const Tool = tools.get(name);
        if (!Tool) throw new Error(`Unknown tool: ${name}`);
        // A tool remembers its client, so each call gets a tool of its own.
        const tool = new Tool();
        tool.injectServer(mcp.server);
        tool.setProgressToken(_meta?.progressToken);
        tool.setAbortSignal(signal);
        return { ...(await tool.toolCall({ params: { name, arguments: args } })) };
    });
    return mcp;
}

const app = express();
const sessions = addMcpRoutes(app, createServer);

app.get('/health', (_req, res) => {
    res.json({ sessions: sessions.size });
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});

// The logger of mcp-framework listens for these signals, so node does not end the server by itself.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
