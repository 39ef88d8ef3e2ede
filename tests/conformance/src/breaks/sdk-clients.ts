import { createResumingFetch, SessionKeeper, SseTransport, StreamableTransport } from '@calc/transport/client';
import {
    Client as ClientV2,
    SSEClientTransport as SseV2,
    StreamableHTTPClientTransport as StreamableV2
} from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as StreamableV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { BreakableClient, Caller } from './caller.ts';

const implementation = { name: 'compatibility', version: '1' };

async function connectV1(transport: Transport): Promise<Caller> {
    const client = new ClientV1(implementation);
    await client.connect(transport);
    await client.listTools();
    return {
        call: (name, args) => client.callTool({ name, arguments: args }),
        [Symbol.asyncDispose]: () => client.close()
    };
}

async function connectV2(transport: Parameters<ClientV2['connect']>[0]): Promise<Caller> {
    const client = new ClientV2(implementation);
    await client.connect(transport);
    return {
        call: (name, args) => client.callTool({ name, arguments: args }),
        [Symbol.asyncDispose]: () => client.close()
    };
}

const resuming = () => ({ fetch: createResumingFetch() });

/** The clients that run in this process. */
export const sdkClients: BreakableClient[] = [
    {
        name: '`SseTransport` of this project',
        path: '/sse',
        open: url => connectV1(new SessionKeeper(new SseTransport(new URL(url))))
    },
    {
        name: '`StreamableTransport` of this project',
        path: '/mcp',
        open: url =>
            connectV1(new SessionKeeper(new StreamableTransport(fetch => new StreamableV1(new URL(url), { fetch }))))
    },
    { name: 'SDK 1.32, `SSEClientTransport`', path: '/sse', open: url => connectV1(new SseV1(new URL(url))) },
    {
        name: 'SDK 1.32, `SSEClientTransport` with `createResumingFetch`',
        path: '/sse',
        open: url => connectV1(new SseV1(new URL(url), resuming()))
    },
    { name: 'SDK 2.4, `SSEClientTransport`', path: '/sse', open: url => connectV2(new SseV2(new URL(url))) },
    {
        name: 'SDK 2.4, `SSEClientTransport` with `createResumingFetch`',
        path: '/sse',
        open: url => connectV2(new SseV2(new URL(url), resuming()))
    },
    {
        name: 'SDK 1.32, `StreamableHTTPClientTransport`',
        path: '/mcp',
        // Its types were not made for `exactOptionalPropertyTypes`.
        open: url => connectV1(new StreamableV1(new URL(url)) as Transport)
    },
    {
        name: 'SDK 2.4, `StreamableHTTPClientTransport`',
        path: '/mcp',
        open: url => connectV2(new StreamableV2(new URL(url)))
    }
];
