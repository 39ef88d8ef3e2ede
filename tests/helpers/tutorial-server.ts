import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express, { type Express } from 'express';
import { z } from 'zod';
import { serveHttp } from './net/serve-http.ts';

interface TutorialSession {
    server: McpServer;
    transport: SSEServerTransport;
}

/**
 * Adds the two routes that tutorials teach: the SDK's SSEServerTransport on Express, with one McpServer a session.
 * Events have no ids, so a client that reconnects gets a new session.
 *
 * @param retryMs time that a browser waits before it reconnects; by default the browser decides.
 */
export function addTutorialRoutes(
    app: Express,
    createServer: () => McpServer,
    retryMs?: number
): Map<string, TutorialSession> {
    const sessions = new Map<string, TutorialSession>();
    app.get('/sse', async (_req, res) => {
        const transport = new SSEServerTransport('/messages', res);
        const server = createServer();
        sessions.set(transport.sessionId, { server, transport });
        res.on('close', () => sessions.delete(transport.sessionId));
        await server.connect(transport);
        if (retryMs !== undefined) res.write(`retry: ${retryMs}\n\n`);
    });
    app.post('/messages', async (req, res) => {
        const session = sessions.get(String(req.query.sessionId));
        if (session) await session.transport.handlePostMessage(req, res, req.body);
        else res.status(404).send('Session not found');
    });
    return sessions;
}

export interface TutorialOptions {
    /** Runs in each call; the server replies when the promise resolves. */
    onCall?: (tool: string, call: number) => Promise<void> | void;
    /** Whether each call sends an elicitation request to the client. */
    elicits?: boolean;
}

/** Serves a tutorial server with two tools: `look` is annotated as read-only, `count` has no annotations. */
export async function serveTutorial({ onCall, elicits }: TutorialOptions = {}) {
    const runs: string[] = [];
    const app = express();
    const createServer = () => {
        const server = new McpServer({ name: 'tutorial', version: '1' }, { capabilities: { logging: {} } });
        const inputSchema = { call: z.number() };
        for (const [name, annotations] of [
            ['look', { readOnlyHint: true }],
            ['count', {}]
        ] as const) {
            server.registerTool(name, { inputSchema, annotations }, async ({ call }) => {
                runs.push(`${name} ${call}`);
                await onCall?.(name, call);
                if (!elicits) return { content: [{ type: 'text', text: `${call}` }] };
                const requestedSchema = { type: 'object' as const, properties: {} };
                const { action } = await server.server.elicitInput({ message: `run ${runs.length}`, requestedSchema });
                return { content: [{ type: 'text', text: action }] };
            });
        }
        return server;
    };
    const sessions = addTutorialRoutes(app, createServer);
    return Object.assign(await serveHttp(app), { runs, sessions });
}
