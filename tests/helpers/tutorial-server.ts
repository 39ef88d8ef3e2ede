import { addMcpRoutes } from '@calc/lessons/tutorial';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import { z } from 'zod';
import { serveHttp } from './net/serve-http.ts';

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
    const sessions = addMcpRoutes(app, createServer);
    return Object.assign(await serveHttp(app), { runs, sessions });
}
