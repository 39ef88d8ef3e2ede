import { randomInt } from 'node:crypto';
import {
    connectKept,
    createRandom,
    hurried,
    patient,
    runNode,
    serverMain,
    serveTransport,
    startCutting,
    startProxy,
    startServer
} from '@calc/test-helpers';
import { defaultLimits, toIdempotencyCapability } from '@calc/transport/server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { z } from 'zod';

const CUTS = 100;
const CALLS = 1000;

/** The client's clock runs a hundred times faster than the server's. */
const experimental = toIdempotencyCapability({ resumeWindowMs: 100 * defaultLimits.resumeWindowMs });

/** Counts how often each call was run. */
function createCounter(runs: Map<number, number>): McpServer {
    const server = new McpServer({ name: 'counter', version: '1' }, { capabilities: { experimental } });
    server.registerTool('count', { inputSchema: { call: z.number() } }, ({ call }) => {
        runs.set(call, (runs.get(call) ?? 0) + 1);
        return { content: [{ type: 'text', text: `${call}` }] };
    });
    return server;
}

test('a stream that is cut is resumed in the same session, after the delay that the server asked for', async () => {
    await using server = await startServer();
    await using proxy = await startCutting(server.url);
    await using kept = await connectKept(`${proxy.url}/sse`, patient);
    proxy.cut();
    const { content } = await kept.client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    expect(content).toEqual([{ type: 'text', text: '5' }]);
    expect(kept.names()).toEqual(['connecting', 'open', 'dropped', 'resumed']);
    expect(kept.states[2]).toMatchObject({ retryInMs: 2000, reason: { code: 'unreachable' } });
    expect(kept.errors).toEqual([]);
});

test(`${CALLS} calls over ${CUTS} cut connections: each is run once and answered once`, {
    timeout: 60_000
}, async () => {
    const runs = new Map<number, number>();
    const limits = { retryMs: 1, maxInFlight: 1000 };
    await using server = await serveTransport({ createServer: () => createCounter(runs), limits });
    const random = createRandom(1);
    let cuts = 0;
    let left = 10_000;
    // Streams and POSTs alike, in the middle of what comes down.
    await using proxy = await startProxy(new URL(server.sseUrl).origin, ({ length }) => {
        left -= length;
        if (left > 0 || cuts === CUTS) return length;
        cuts++;
        left = Math.ceil(random() * 3000);
        return Math.floor(random() * length);
    });
    const replies = new Map<number, number>();
    await using kept = await connectKept(`${proxy.url}/sse`, {
        clock: hurried,
        giveUpAfterMs: 1e7,
        onTrace: ({ kind, direction, text }) => {
            if (kind !== 'message' || direction !== 'received') return;
            const { id } = JSON.parse(text);
            replies.set(id, (replies.get(id) ?? 0) + 1);
        }
    });
    const calls = Array.from({ length: CALLS }, (_, call) => call);
    const texts = await Promise.all(
        calls.map(async call => {
            const { content } = await kept.client.callTool({ name: 'count', arguments: { call } });
            return Object(content)[0].text;
        })
    );
    expect(texts).toEqual(calls.map(String));
    expect([...runs].sort(([a], [b]) => a - b)).toEqual(calls.map(call => [call, 1]));
    expect([...replies.values()].filter(times => times !== 1)).toEqual([]);
    expect(cuts).toBe(CUTS);
    expect(kept.names()).not.toContain('renewed');
    expect(kept.errors).toEqual([]);
});

test('a server that is killed and started again in the middle of 100 calls answers them all', async () => {
    const port = randomInt(20_000, 28_000);
    const env = { PORT: `${port}`, LOG_LEVEL: 'silent' };
    const killed = runNode(serverMain, [], env);
    await using _killed = killed;
    await killed.printed(/\/sse/);
    await using kept = await connectKept(`http://127.0.0.1:${port}/sse`, patient);
    const { tools } = await kept.client.listTools();
    expect(tools.map(({ name }) => name)).toContain('echo');
    const call = async (number: number) => {
        const { structuredContent } = await kept.client.callTool({
            name: 'echo',
            arguments: { message: `message ${number}` }
        });
        return Object(structuredContent).echo;
    };
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    const answers = Promise.all(numbers.map(call));
    await call(1000);
    killed.kill('SIGKILL');
    await killed.ended;
    const late = Promise.all(numbers.map(number => call(100 + number)));
    await using restarted = runNode(serverMain, [], env);
    await restarted.printed(/\/sse/);
    expect(await answers).toEqual(numbers.map(number => `message ${number}`));
    expect(await late).toEqual(numbers.map(number => `message ${100 + number}`));
    expect(kept.names()).toContain('renewed');
    expect(kept.closes).toBe(0);
});

test('a subscription goes on after the server was restarted, and the client need not know', async () => {
    const port = `${randomInt(20_000, 28_000)}`;
    const first = await startServer({ PORT: port });
    await using kept = await connectKept(first.sseUrl, patient);
    const updated = () =>
        new Promise<string>(resolve => {
            kept.client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri));
        });
    await kept.client.subscribeResource({ uri: 'clock://now' });
    expect(await updated()).toBe('clock://now');
    await first.close();
    await using _second = await startServer({ PORT: port });
    await expect.poll(() => kept.names().at(-1), { timeout: 5000 }).toBe('renewed');
    expect(await updated()).toBe('clock://now');
    expect(kept.errors).toEqual([]);
});
