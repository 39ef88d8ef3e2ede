import type { CloseReason, DropReason, Limits, Observer, SessionInfo } from '@calc/transport/server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** Neither heartbeats nor idleness get in the way. */
export const UNDISTURBED: Partial<Limits> = {
    heartbeatMs: 1e9,
    sessionIdleMs: 1e9,
    streamlessIdleMs: 1e9,
    unusedIdleMs: 1e9
};

/** A server with a tool for each thing that a transport has to carry. `progressSeen` lets the first one finish. */
export function createServer(_session?: SessionInfo, progressSeen: Promise<void> = Promise.resolve()): McpServer {
    const server = new McpServer({ name: 'fixture', version: '1' }, { capabilities: { logging: {} } });
    server.registerTool('progress', {}, async ({ _meta, sendNotification }) => {
        for (const progress of [1, 2, 3]) {
            const progressToken = _meta?.progressToken ?? 0;
            await sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
        }
        await progressSeen;
        return { content: [] };
    });
    server.registerTool('wait', {}, ({ signal }) => {
        return new Promise(resolve => signal.addEventListener('abort', () => resolve({ content: [] })));
    });
    server.registerTool('who', {}, ({ authInfo, requestInfo, sessionId }) => ({
        content: [],
        structuredContent: {
            client: authInfo?.clientId,
            header: requestInfo?.headers['x-test'],
            path: requestInfo?.url?.pathname,
            sessionId
        }
    }));
    server.registerTool('unwritable', {}, () => ({ content: [], structuredContent: { big: 1n } }));
    server.registerTool('ask', { inputSchema: { question: z.string() } }, async ({ question }) => {
        const answer = await server.server.elicitInput({
            message: question,
            requestedSchema: { type: 'object', properties: { answer: { type: 'string' } } }
        });
        return { content: [], structuredContent: { action: answer.action, ...answer.content } };
    });
    return server;
}

/** An observer that writes down what it is told, a line each. */
export function createRecorder() {
    const happened: string[] = [];
    const note = (what: string, detail?: DropReason | CloseReason | number) =>
        happened.push(detail === undefined ? what : `${what} ${detail}`);
    const observer: Observer = {
        opened: () => note('opened'),
        dropped: (_session, reason) => note('dropped', reason),
        resumed: (_session, replayed) => note('resumed', replayed),
        takenOver: () => note('taken over'),
        closed: (_session, reason) => note('closed', reason),
        evicted: (_session, messages) => note('evicted', messages),
        received: (_session, message) => note(`received ${'method' in message ? message.method : 'reply'}`),
        sent: (_session, message) => note(`sent ${'method' in message ? message.method : 'reply'}`),
        rejected: reason => note(`rejected ${reason}`),
        failed: error => note(`failed ${error.message}`)
    };
    return { happened, observer };
}
