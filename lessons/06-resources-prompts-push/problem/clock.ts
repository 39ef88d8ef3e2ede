import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function addClock(_server: McpServer) {
    // TODO 1: the resource clock://now, whose text is the time of the call.
    // TODO 3: offer subscriptions, and remember which sessions have subscribed.
    // TODO 4: each second, send an update to those sessions.
    // TODO 5: forget a session when it unsubscribes, and when it ends.
}
