import { request } from 'node:http';
import { patient, serveHttp, startServer } from '@calc/test-helpers';
import { SessionKeeper, SseTransport, StreamableTransport } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, test } from 'vitest';

/** A server that answers 400 to what it does not know, sessions included, as some do. */
async function serveStern() {
    let server = await startServer();
    const proxy = await serveHttp((req, res) => {
        const { method, url, headers } = req;
        const passOn = request(server.url + url, { method, headers, agent: false }, answer => {
            res.writeHead(answer.statusCode === 404 ? 400 : (answer.statusCode ?? 502), answer.headers);
            answer.pipe(res);
            answer.on('error', () => res.destroy());
        });
        passOn.on('error', () => res.destroy());
        req.pipe(passOn);
    });
    return {
        ...proxy,
        async restart() {
            const gone = server;
            server = await startServer();
            proxy.breakAll();
            await gone.close();
        },
        async [Symbol.asyncDispose]() {
            await proxy[Symbol.asyncDispose]();
            await server.close();
        }
    };
}

const transports = {
    'HTTP+SSE': (url: string) => new SseTransport(new URL(`${url}/sse`), patient),
    'Streamable HTTP': (url: string) =>
        new StreamableTransport(fetch => new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { fetch }), patient)
};

test.each(Object.entries(transports))(
    'over %s a server that says 400 to an old session is found again',
    async (_name, open) => {
        await using server = await serveStern();
        const client = new Client({ name: 'client', version: '1' });
        await client.connect(new SessionKeeper(open(server.url), patient));
        await client.listTools();
        const add = async (a: number) =>
            (await client.callTool({ name: 'add', arguments: { a, b: 0 } })).structuredContent;
        for (const round of [1, 2, 3]) {
            expect(await add(round)).toEqual({ sum: round });
            await server.restart();
            const sums = await Promise.all([10, 20, 30].map(a => add(a + round)));
            expect(sums).toEqual([10, 20, 30].map(a => ({ sum: a + round })));
        }
        await client.close();
    }
);
