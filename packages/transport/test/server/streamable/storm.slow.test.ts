import { proves } from '@calc/test-helpers/proves';
import { createRandom, serveTransport, startProxy } from '@calc/test-helpers/wire';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { expect } from 'vitest';
import { z } from 'zod';

const DROPS = 200;
const CALLERS = 8;
const STEPS = 4;
/** Most bytes between two drops, on all connections together; a call has about 700. */
const MAX_BYTES_BETWEEN = 4000;

/** Counts how often each call was run. A call that waits first reports its steps, one in each turn of the event loop. */
function createCounter(runs: Map<number, number>): McpServer {
    const server = new McpServer({ name: 'counter', version: '1' });
    const inputSchema = { call: z.number(), waits: z.boolean() };
    server.registerTool('count', { inputSchema }, async ({ call, waits }, { _meta, sendNotification }) => {
        runs.set(call, (runs.get(call) ?? 0) + 1);
        for (let progress = 1; waits && progress <= STEPS; progress++) {
            await new Promise(resolve => setImmediate(resolve));
            const progressToken = _meta?.progressToken ?? 0;
            await sendNotification({
                method: 'notifications/progress',
                params: { progressToken, progress, message: `${call}` }
            });
        }
        return { content: [{ type: 'text', text: `${call}` }] };
    });
    return server;
}

/**
 * Behaves like a client that loses nothing: if a request breaks before its answer is complete, or before an event from
 * which it can resume, it is sent again and marked as a retry.
 */
const fetchAgain: typeof fetch = async (url, { ...init } = {}) => {
    for (;;) {
        try {
            const { body, status, headers } = await fetch(url, init);
            if (!body) return new Response(null, { status, headers });
            const isStream = headers.get('content-type') === 'text/event-stream';
            return new Response(await readAhead(body, isStream ? /\nid: .*\n\n/ : undefined), { status, headers });
        } catch (error) {
            if (init.signal?.aborted) throw error;
            if (init.method !== 'POST') continue;
            init.headers = new Headers(init.headers);
            init.headers.set('Idempotency-Key', `"${JSON.parse(String(init.body)).id}"`);
        }
    }
};

/** Reads until the text matches `enough`, or to the end. Returns a stream of what was read and the rest. */
async function readAhead(body: ReadableStream<Uint8Array>, enough?: RegExp): Promise<ReadableStream<Uint8Array>> {
    const reader = body.getReader();
    const chunks: Uint8Array[] = [];
    for (;;) {
        const { value, done } = await reader.read();
        if (value) chunks.push(value);
        if (done || enough?.test(Buffer.concat(chunks).toString())) break;
    }
    return new ReadableStream({
        start(controller) {
            for (const chunk of chunks) controller.enqueue(chunk);
        },
        async pull(controller) {
            const { value, done } = await reader.read();
            if (done) controller.close();
            else controller.enqueue(value);
        },
        cancel: reason => reader.cancel(reason)
    });
}

proves(
    ['http.resume', 'http.repeated'],
    `a client loses no message and gets none twice while its connections break at random`,
    async () => {
        const runs = new Map<number, number>();
        await using server = await serveTransport({ createServer: () => createCounter(runs), limits: { retryMs: 1 } });
        let calls = 0;
        const random = createRandom(1);
        let drops = 0;
        let left = MAX_BYTES_BETWEEN;
        await using proxy = await startProxy(new URL(server.mcpUrl).origin, ({ length }) => {
            left -= length;
            if (left > 0 || drops === DROPS) return length;
            drops++;
            left = Math.ceil(random() * MAX_BYTES_BETWEEN);
            return Math.floor(random() * length);
        });

        const client = new Client({ name: 'caller', version: '1' });
        const transport = new StreamableHTTPClientTransport(new URL(`${proxy.url}/mcp`), {
            fetch: fetchAgain,
            reconnectionOptions: {
                maxRetries: 1000,
                initialReconnectionDelay: 1,
                maxReconnectionDelay: 1,
                reconnectionDelayGrowFactor: 1
            }
        });
        await client.connect(transport);
        const received: JSONRPCMessage[] = [];
        const take = transport.onmessage;
        transport.onmessage = message => {
            received.push(message);
            take?.(message);
        };

        const callOnAndOn = async () => {
            while (drops < DROPS) {
                const call = ++calls;
                const params = { name: 'count', arguments: { call, waits: call % 2 === 0 } };
                const { content } = await client.callTool(params, undefined, { onprogress: () => {} });
                expect(content).toEqual([{ type: 'text', text: `${call}` }]);
            }
        };
        await Promise.all(Array.from({ length: CALLERS }, callOnAndOn));
        const { sessionId } = transport;
        await client.close();

        expect([drops, transport.sessionId]).toEqual([DROPS, sessionId]);
        const every = Array.from({ length: calls }, (_, index) => index + 1);
        expect([...runs].sort(([a], [b]) => a - b)).toEqual(every.map(call => [call, 1]));
        const replies = received.flatMap(message => ('result' in message ? [Number(message.id)] : []));
        expect(new Set(replies).size).toBe(calls);
        expect(replies).toHaveLength(calls);
        const steps = new Map<string, number[]>();
        for (const message of received) {
            if (!('method' in message)) continue;
            const { message: call, progress } = Object(message.params);
            steps.set(call, [...(steps.get(call) ?? []), progress]);
        }
        expect(Object.fromEntries(steps)).toEqual(
            Object.fromEntries(every.filter(call => call % 2 === 0).map(call => [call, [1, 2, 3, 4]]))
        );
    }
);
