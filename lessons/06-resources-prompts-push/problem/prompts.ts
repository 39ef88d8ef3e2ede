import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function addPrompts(_server: McpServer) {
    // TODO 2: the prompt `what-time-is-it` with the argument `timezone`.
}
