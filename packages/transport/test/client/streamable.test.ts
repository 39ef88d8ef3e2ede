import { randomInt } from 'node:crypto';
import { createGate, openTunnel, serveTransport } from '@calc/test-helpers/wire';
import { SessionKeeper, StreamableTransport } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { expect, test } from 'vitest';
import { connectStreamable, createCounter, QUICK } from './fixtures.ts';

test('404 to a session opens a new one: requests in flight are repeated or fail, and later calls work', async () => {
    const runs: string[] = [];
    const begun = createGate();
    const onCall = (run: string) => {
        if (runs.length === 2) begun.open();
        return runs.length <= 2 && !run.endsWith('3') ? new Promise<void>(() => {}) : undefined;
    };
    const servers: McpServer[] = [];
    const createServer = () => {
        const made = createCounter(runs, onCall);
        servers.push(made);
        return made;
    };
    await using server = await serveTransport({ createServer });
    await using kept = await connectStreamable(server.mcpUrl);
    await kept.client.listTools();
    const look = kept.client.callTool({ name: 'look', arguments: { call: 1 } });
    const count = kept.client.callTool({ name: 'count', arguments: { call: 2 } });
    await begun.opened;
    await servers[0]?.close();
    await expect(count).rejects.toThrow(/"count" was in flight.*not known whether the tool ran/);
    expect(await look).toMatchObject({ content: [{ text: '1' }] });
    expect(await kept.client.callTool({ name: 'count', arguments: { call: 3 } })).toMatchObject({
        content: [{ text: '3' }]
    });
    expect(runs.sort()).toEqual(['count 2', 'count 3', 'look 1', 'look 1']);
    expect([server.sessions.size, kept.closes()]).toEqual([1, 0]);
});

test('if the server does not come back in time, pending requests fail with one error', async () => {
    const begun = createGate();
    const onCall = () => {
        begun.open();
        return new Promise<void>(() => {});
    };
    const server = await serveTransport({ createServer: () => createCounter([], onCall) });
    await using kept = await connectStreamable(server.mcpUrl, 30_000);
    const call = kept.client.callTool({ name: 'count', arguments: { call: 1 } });
    await begun.opened;
    await server[Symbol.asyncDispose]();
    await expect(call).rejects.toThrow(/has not come back within 30000 ms/);
    expect(kept.closes()).toBe(1);
    expect(kept.transport.closeReason).toMatchObject({ code: 'gave-up' });
});

test('a reply that arrives together with the end of its stream is not reported as a drop', async () => {
    const asked: string[] = [];
    const states: string[] = [];
    const info = {
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'x', version: '1' }
    };
    const answer = (body: unknown) => {
        const { id, method } = JSON.parse(String(body));
        asked.push(method);
        if (id === undefined) return new Response(null, { status: 202 });
        const result = method === 'initialize' ? info : { content: [] };
        const event = `data: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`;
        // Both have arrived when the first byte is read.
        const stream = new ReadableStream({
            start(controller) {
                controller.enqueue(new TextEncoder().encode(event));
                controller.close();
            }
        });
        return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 'one' } });
    };
    const inner = new StreamableTransport(
        fetch => new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp'), { fetch }),
        {
            onState: ({ name }) => states.push(name),
            fetch: async (_url, init) =>
                init?.method === 'POST' ? answer(init.body) : new Response(null, { status: 405 })
        }
    );
    const client = new Client({ name: 'client', version: '1' });
    await client.connect(new SessionKeeper(inner));
    expect(await client.callTool({ name: 'count', arguments: { call: 1 } })).toEqual({ content: [] });
    expect(asked).toEqual(['initialize', 'notifications/initialized', 'tools/call']);
    expect(states).toEqual([]);
    await client.close();
});

test('a stream that ends without a reply because its call was cancelled is not reported as a drop', async () => {
    const begun = createGate();
    const onCall = (run: string) => {
        begun.open();
        return run === 'count 1' ? new Promise<void>(() => {}) : undefined;
    };
    const states: string[] = [];
    const ended = createGate();
    /** Resolves when the stream of the first call has ended. */
    const fetch: typeof globalThis.fetch = async (url, init) => {
        const response = await globalThis.fetch(url, init);
        if (!String(init?.body).includes('"call":1')) return response;
        const flush = () => ended.open();
        return new Response(response.body?.pipeThrough(new TransformStream({ flush })) ?? null, response);
    };
    await using server = await serveTransport({ createServer: () => createCounter([], onCall) });
    const inner = new StreamableTransport(
        kept => new StreamableHTTPClientTransport(new URL(server.mcpUrl), { fetch: kept }),
        { onState: ({ name }) => states.push(name), fetch }
    );
    const client = new Client({ name: 'client', version: '1' });
    await client.connect(new SessionKeeper(inner));
    const cancel = new AbortController();
    const call = client.callTool({ name: 'count', arguments: { call: 1 } }, undefined, { signal: cancel.signal });
    await begun.opened;
    cancel.abort();
    await expect(call).rejects.toThrow();
    await ended.opened;
    await client.callTool({ name: 'count', arguments: { call: 2 } });
    expect(states).toEqual([]);
    await client.close();
});

test('a port without a server rejects at once', async () => {
    const url = `http://127.0.0.1:${randomInt(20_000, 28_000)}/mcp`;
    await expect(connectStreamable(url)).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching('ECONNREFUSED')
    });
});

/** The SDK's client with an open stream, and all responses that its transport received. */
async function connectWatched(mcpUrl: string, giveUpAfterMs: number) {
    const states: string[] = [];
    const answers: string[] = [];
    const streaming = createGate();
    const inner = new StreamableTransport(
        fetch => {
            const watched: typeof fetch = async (url, init) => {
                const response = await fetch(url, init);
                answers.push(`${init?.method} ${response.status}`);
                if (init?.method === 'GET') streaming.open();
                return response;
            };
            return new StreamableHTTPClientTransport(new URL(mcpUrl), { fetch: watched, reconnectionOptions: QUICK });
        },
        { giveUpAfterMs, onState: ({ name }) => states.push(name) }
    );
    const client = new Client({ name: 'watched client', version: '1' });
    await client.connect(new SessionKeeper(inner, { giveUpAfterMs }));
    await streaming.opened;
    return { client, states, answers, [Symbol.asyncDispose]: () => client.close() };
}

test('a stream that drops and one that is resumed are each reported once', async () => {
    await using server = await serveTransport({
        createServer: () => createCounter(),
        limits: { retryMs: 1 }
    });
    await using tunnel = await openTunnel(server.mcpUrl);
    await using kept = await connectWatched(`${tunnel.url}/mcp`, 10_000);
    tunnel.cut();
    await expect.poll(() => kept.states).toEqual(['dropped', 'resumed']);
    await kept.client.close();
    expect(kept.states).toEqual(['dropped', 'resumed']);
});

test('after the end the SDK’s transport is not left trying to open its stream', async () => {
    await using server = await serveTransport({
        createServer: () => createCounter(),
        limits: { retryMs: 1 }
    });
    const tunnel = await openTunnel(server.mcpUrl);
    await using kept = await connectWatched(`${tunnel.url}/mcp`, 50);
    const closed = new Promise<void>(resolve => {
        kept.client.onclose = resolve;
    });
    await tunnel[Symbol.asyncDispose]();
    await closed;
    await expect.poll(() => kept.answers.at(-1)).toBe('GET 405');
    expect(kept.states).toEqual(['dropped']);
});

test('a message that the server rejects fails with the server’s error message', async () => {
    await using server = await serveTransport({
        createServer: () => createCounter(),
        limits: { maxMessageBytes: 1000 }
    });
    await using kept = await connectWatched(server.mcpUrl, 1000);
    const call = kept.client.callTool({ name: 'count', arguments: { call: 1, filler: 'x'.repeat(1000) } });
    await expect(call).rejects.toMatchObject({ code: 'refused', status: 413, reason: expect.stringMatching(/./) });
    expect(kept.states).toEqual([]);
});
