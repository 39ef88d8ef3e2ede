import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { PushRequest, PushResult } from '../questions.ts';

const BATCH = 5;

/** Sends log messages without waiting for the reader, as a tool does that reports its progress. */
export async function pushLogs(server: McpServer, { count, bytes }: PushRequest): Promise<PushResult> {
    const data = 'x'.repeat(bytes);
    let refused = 0;
    for (let sent = 0; sent < count; sent++) {
        server.sendLoggingMessage({ level: 'info', data }).catch(() => refused++);
        if (sent % BATCH === BATCH - 1) await yieldToOthers();
    }
    await yieldToOthers();
    return { sent: count - refused, refused };
}
