import { request } from 'node:http';
import { patient, serveHttp, type Way } from '@calc/test-helpers/wire';
import { SseTransport, StreamableTransport, type Timing } from '@calc/transport/client';
import { defaultLimits, toIdempotencyCapability } from '@calc/transport/server';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** The client's clock runs a hundred times faster than the server's. */
const experimental = toIdempotencyCapability({ resumeWindowMs: 100 * defaultLimits.resumeWindowMs });

/** A server whose tools add a line to `runs` for each call. `look` is marked as read-only, `count` is not marked. */
export function createCounter(runs: string[] = [], onCall?: (run: string) => Promise<void> | void): McpServer {
    const server = new McpServer({ name: 'counter', version: '1' }, { capabilities: { experimental } });
    for (const name of ['look', 'count']) {
        const annotations = { readOnlyHint: name === 'look' };
        server.registerTool(name, { inputSchema: { call: z.number() }, annotations }, async ({ call }) => {
            runs.push(`${name} ${call}`);
            await onCall?.(`${name} ${call}`);
            return { content: [{ type: 'text', text: `${call}` }] };
        });
    }
    return server;
}

/** A transport of the client to `/sse` or `/mcp` at an origin. */
export function openTransport(way: Way, origin: string, timing: Partial<Timing> = patient) {
    if (way === 'sse') return new SseTransport(new URL(`${origin}/sse`), timing);
    const url = new URL(`${origin}/mcp`);
    return new StreamableTransport(fetch => new StreamableHTTPClientTransport(url, { fetch }), timing);
}

/** An HTTP proxy that can break all connections. `toStatus` may change the status of a response. */
export function serveProxy(target: () => string, toStatus: (status: number, authorization?: string) => number) {
    return serveHttp((req, res) => {
        const { method, headers } = req;
        const passOn = request(new URL(req.url ?? '', target()), { method, headers, agent: false }, answer => {
            res.writeHead(toStatus(answer.statusCode ?? 502, headers.authorization), answer.headers);
            answer.pipe(res);
            answer.on('error', () => res.destroy());
        });
        passOn.on('error', () => res.destroy());
        res.on('close', () => passOn.destroy());
        req.pipe(passOn);
    });
}
