import { request } from 'node:http';
import { hurried, patient, serveHttp, type Way } from '@calc/test-helpers/wire';
import { SessionKeeper, SseTransport, StreamableTransport, type Timing } from '@calc/transport/client';
import { defaultLimits, toIdempotencyCapability } from '@calc/transport/server';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
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

export const QUICK = {
    maxRetries: 1000,
    initialReconnectionDelay: 1,
    maxReconnectionDelay: 1,
    reconnectionDelayGrowFactor: 1
};

/** The SDK's client on a Streamable HTTP connection that is kept alive. */
export async function connectStreamable(mcpUrl: string, giveUpAfterMs = 1e7) {
    const timing = { clock: hurried, giveUpAfterMs };
    const inner = new StreamableTransport(
        fetch => new StreamableHTTPClientTransport(new URL(mcpUrl), { fetch, reconnectionOptions: QUICK }),
        timing
    );
    const transport = new SessionKeeper(inner, timing);
    const client = new Client({ name: 'kept client', version: '1' });
    let closes = 0;
    client.onclose = () => closes++;
    await client.connect(transport);
    return { client, transport, closes: () => closes, [Symbol.asyncDispose]: () => client.close() };
}
