import { proves } from '@calc/test-helpers/proves';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect } from 'vitest';
import { runWorkers } from './run-workers.ts';

/** Sends each request on a connection of its own, so that any worker may accept it. */
const fetchApart: typeof fetch = (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('Connection', 'close');
    return fetch(url, { ...init, headers });
};

for (const [path, Transport] of [
    ['/sse', SSEClientTransport],
    ['/mcp', StreamableHTTPClientTransport]
] as const) {
    proves(['workers.any'], `100 calls of the SDK's clients on ${path}, each on its own connection`, async () => {
        await using server = await runWorkers(2);
        const clients = await Promise.all(
            Array.from({ length: 4 }, async () => {
                const client = new Client({ name: 'client', version: '1' });
                await client.connect(new Transport(new URL(server.url + path), { fetch: fetchApart }));
                return client;
            })
        );
        const calls = clients.flatMap((client, caller) =>
            Array.from({ length: 25 }, async (_, index) => {
                const result = await client.callTool({ name: 'add', arguments: { a: caller * 100, b: index } });
                return [result.structuredContent, { sum: caller * 100 + index }];
            })
        );
        for (const [sum, expected] of await Promise.all(calls)) expect(sum).toMatchObject(expected ?? {});
        await Promise.all(clients.map(client => client.close()));
    });
}
