import { patient, serveTransport, type Way } from '@calc/test-helpers/wire';
import { SessionKeeper } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { expect, test } from 'vitest';
import { createCounter, openTransport, serveProxy } from './fixtures.ts';

/** A server that answers 400 instead of 404, also for an unknown session, as some servers do. */
async function serveStern() {
    const start = () => serveTransport({ createServer: () => createCounter() });
    let server = await start();
    const proxy = await serveProxy(
        () => server.mcpUrl,
        status => (status === 404 ? 400 : status)
    );
    return {
        url: proxy.url,
        async restart() {
            const old = server;
            server = await start();
            proxy.breakAll();
            await old[Symbol.asyncDispose]();
        },
        async [Symbol.asyncDispose]() {
            await proxy[Symbol.asyncDispose]();
            await server[Symbol.asyncDispose]();
        }
    };
}

test.each<[string, Way]>([
    ['HTTP+SSE', 'sse'],
    ['Streamable HTTP', 'http']
])('over %s the client opens a new session when a server answers 400 to the old one', async (_name, way) => {
    await using server = await serveStern();
    const client = new Client({ name: 'client', version: '1' });
    await client.connect(new SessionKeeper(openTransport(way, server.url), patient));
    await client.listTools();
    const look = async (call: number) => Object((await client.callTool({ name: 'look', arguments: { call } })).content);
    for (const round of [1, 2, 3]) {
        expect(await look(round)).toMatchObject([{ text: `${round}` }]);
        await server.restart();
        const answers = await Promise.all([10, 20, 30].map(call => look(call + round)));
        expect(answers).toMatchObject([10, 20, 30].map(call => [{ text: `${call + round}` }]));
    }
    await client.close();
});
