import { createRandom, serveTransport, startCutting, startProxy, startServer } from '@calc/test-helpers';
import { createResumingFetch } from '@calc/transport/client';
import { Client as ClientV2, SSEClientTransport as SseV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, test } from 'vitest';
import { z } from 'zod';

// The SDK's own transport for HTTP+SSE, with and without the fetch that resumes its session.

const CUTS = 30;
const CALLS = 300;
/** Number of calls that wait at once. */
const LANES = 10;

interface Options {
    fetch?: FetchLike;
    eventSourceInit?: { fetch: FetchLike };
}

const implementation = { name: 'stock client', version: '1' };

async function connectV1(url: string, options: Options) {
    const client = new ClientV1(implementation);
    await client.connect(new SseV1(new URL(url), options));
    return client;
}

async function connectV2(url: string, options: Options) {
    const client = new ClientV2(implementation);
    await client.connect(new SseV2(new URL(url), options));
    return client;
}

const generations = [
    ['SDK 1', connectV1],
    ['SDK 2', connectV2]
] as const;
const optionsOf = {
    fetch: () => ({ fetch: createResumingFetch() }),
    'eventSourceInit.fetch': () => ({ eventSourceInit: { fetch: createResumingFetch() } })
};
const resuming = generations.flatMap(([generation, connect]) =>
    Object.entries(optionsOf).map(([option, createOptions]) => [generation, option, connect, createOptions] as const)
);

/** The real server behind a proxy that can cut the stream in the middle of a reply. */
async function connectCut(connect: typeof connectV1 | typeof connectV2, options: Options) {
    const server = await startServer();
    const proxy = await startCutting(server.url);
    const client = await connect(`${proxy.url}/sse`, options);
    const echo = async (message: string) => {
        const { structuredContent } = await client.callTool({ name: 'echo', arguments: { message } });
        return Object(structuredContent).echo;
    };
    return {
        echo,
        cut: proxy.cut,
        close: () => client.close(),
        /** Resolves when the stream has dropped. */
        dropped: new Promise<void>(resolve => {
            client.onerror = () => resolve();
        }),
        async [Symbol.asyncDispose]() {
            await client.close();
            await proxy[Symbol.asyncDispose]();
            await server.close();
        }
    };
}

test.each(generations)(
    '%s without the fetch continues in another session, and loses the reply in flight',
    async (_generation, connect) => {
        await using client = await connectCut(connect, {});
        client.cut();
        const settled = client.echo('lost').then(
            () => 'answered',
            () => 'not answered'
        );
        await client.dropped;
        // The old session still accepts POSTs and keeps their replies, until the stream names the new one.
        let answers = 0;
        const count = () => {
            answers++;
        };
        const ask = () => {
            void client.echo('later').then(count, () => {});
            return answers;
        };
        await expect.poll(ask, { interval: 200 }).toBeGreaterThan(0);
        await client.close();
        expect(await settled).toBe('not answered');
    }
);

test.each(resuming)(
    '%s with the fetch as %s receives the reply that was cut',
    async (_generation, _option, connect, createOptions) => {
        await using client = await connectCut(connect, createOptions());
        client.cut();
        const cut = client.echo('cut');
        await client.dropped;
        const away = client.echo('while away');
        expect([await cut, await away]).toEqual(['cut', 'while away']);
    }
);

/** A server whose tool adds its argument to `runs`. */
function createCounter(runs: number[]) {
    const server = new McpServer({ name: 'counter', version: '1' });
    server.registerTool('count', { inputSchema: { call: z.number() } }, ({ call }) => {
        runs.push(call);
        return { content: [{ type: 'text', text: `${call}` }] };
    });
    return server;
}

test.each(generations)(
    `%s with the fetch: ${CALLS} calls over ${CUTS} cuts are each run and answered once`,
    async (_generation, connect) => {
        const runs: number[] = [];
        const limits = { retryMs: 1, maxInFlight: LANES };
        await using server = await serveTransport({ createServer: () => createCounter(runs), limits });
        const random = createRandom(17);
        let cuts = 0;
        let left = 1000;
        await using proxy = await startProxy(new URL(server.sseUrl).origin, ({ length }, { requestLine }) => {
            if (!requestLine.startsWith('GET /sse')) return length;
            left -= length;
            if (left > 0 || cuts === CUTS) return length;
            cuts++;
            left = Math.ceil(random() * 1000);
            return Math.floor(random() * length);
        });
        const client = await connect(`${proxy.url}/sse`, { fetch: createResumingFetch() });
        const errors: string[] = [];
        client.onerror = ({ message }) => errors.push(message);
        const answers: string[] = [];
        const calls = Array.from({ length: CALLS }, (_, call) => call);
        const waiting = calls.values();
        const lane = async () => {
            for (const call of waiting) {
                const { content } = await client.callTool({ name: 'count', arguments: { call } });
                answers[call] = Object(content)[0].text;
            }
        };
        await Promise.all(Array.from({ length: LANES }, lane));
        await client.close();
        expect(answers).toEqual(calls.map(String));
        expect(runs.toSorted((a, b) => a - b)).toEqual(calls);
        expect(cuts).toBe(CUTS);
        // The SDK reports a reply that comes twice as one to an unknown request.
        expect(errors.filter(message => !message.startsWith('SSE error'))).toEqual([]);
    }
);
