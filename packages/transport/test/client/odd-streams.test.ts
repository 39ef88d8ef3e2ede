import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import {
    createGate,
    events,
    type HostileServer,
    hurried,
    serveHostile,
    serveHttp,
    type Way
} from '@calc/test-helpers/wire';
import { type ConnectionState, SessionKeeper, SseTransport, StreamableTransport } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, test } from 'vitest';
import { openTransport } from './fixtures.ts';

// The client accepts the same streams as Chromium's EventSource.

const done = { content: [{ type: 'text', text: 'done' }] };

/** Calls the tool of a hostile server; returns the result and the errors that the client reported. */
async function callOnce({ way, url }: HostileServer) {
    const errors: Error[] = [];
    const client = new Client({ name: 'client', version: '1' });
    client.onerror = error => errors.push(error);
    await client.connect(new SessionKeeper(openTransport(way, url)));
    const { content } = await client.callTool({ name: 'once' });
    await client.close();
    return { content, errors };
}

test.each([
    ['text/event-stream', '\r'],
    ['text/event-stream', '\r\n'],
    ['Text/Event-Stream; charset=utf-8', '\n'],
    ['text/event-stream ;charset=UTF-8', '\n']
])('a stream of type %s whose lines end with %j is read over both transports', async (type, eol) => {
    const headers = { 'content-type': type };
    for (const way of ['http', 'sse'] as Way[]) {
        const streams: ServerResponse[] = [];
        await using server = await serveHostile(way, {
            get: res => {
                streams.push(res.writeHead(200, headers));
                const opening = way === 'sse' ? `event: endpoint${eol}data: /messages?sessionId=1` : ': open';
                res.write(`\uFEFF${opening}${eol}${eol}`);
                return true;
            },
            post: ({ id, method, params, res }) => {
                if (id === undefined) return false;
                const { protocolVersion } = params;
                const result = {
                    initialize: {
                        protocolVersion,
                        capabilities: { tools: {} },
                        serverInfo: { name: 'odd', version: '1' }
                    },
                    'tools/list': { tools: [{ name: 'once', inputSchema: { type: 'object' } }] }
                }[method];
                const event = `id: 1${eol}data: ${JSON.stringify({ jsonrpc: '2.0', id, result: result ?? done })}${eol}${eol}`;
                if (way === 'http') {
                    res.writeHead(200, headers).end(event);
                } else {
                    res.writeHead(202).end();
                    streams.at(-1)?.write(event);
                }
                return true;
            }
        });
        expect([way, await callOnce(server)]).toEqual([way, { ...done, errors: [] }]);
    }
});

const opening = 'event: endpoint\ndata: /messages\n\n';

/** A transport on a stream that is cut after its first event; what it reports, and the Last-Event-ID of each GET. */
async function reconnect(firstEvent: string) {
    const asked: (string | undefined)[] = [];
    const server = await serveHttp((req, res) => {
        const id = req.headers['last-event-id'];
        // Node decodes headers as Latin-1, but the client sent UTF-8.
        asked.push(id === undefined ? undefined : Buffer.from(String(id), 'latin1').toString('utf8'));
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        if (asked.length > 1) return void res.write(opening);
        res.end(opening + firstEvent);
    });
    const states: ConnectionState[] = [];
    const told = new EventTarget();
    const transport = new SseTransport(new URL(server.sseUrl), {
        clock: hurried,
        onState: state => {
            states.push(state);
            told.dispatchEvent(new Event(state.name));
        }
    });
    const resumed = once(told, 'resumed');
    await transport.start();
    await resumed;
    await transport.close();
    await server[Symbol.asyncDispose]();
    return { asked, delays: states.flatMap(state => (state.name === 'dropped' ? [state.retryInMs] : [])) };
}

test('an event id outside Latin-1 is sent back as UTF-8', async () => {
    const { asked } = await reconnect('id: été-日本-1\ndata: {"jsonrpc":"2.0","method":"x"}\n\n');
    expect(asked).toEqual([undefined, 'été-日本-1']);
});

test('a client reconnects although a header cannot carry its last event id', async () => {
    const { asked } = await reconnect('id: a\u0001b\ndata: {"jsonrpc":"2.0","method":"x"}\n\n');
    expect(asked).toEqual([undefined, undefined]);
});

test.each([
    [0, 200],
    [1, 200],
    [5000, 5000],
    [99_999_999_999, 15_000],
    ['9'.repeat(400), 15_000]
])('retry: %s becomes a wait of %i ms', async (retry, expected) => {
    const { delays } = await reconnect(`retry: ${retry}\n\n`);
    expect(delays).toEqual([expected]);
});

test.each([
    [0, 200],
    [99_999_999_999, 30_000]
])('over Streamable HTTP retry: %s reaches the timer of the SDK as %i ms', async (retry, expected) => {
    await using server = await serveHostile('http', {
        get: res => !!res.writeHead(200, events).end(`retry: ${retry}\n\n`)
    });
    let passed = (_text: Promise<string>) => {};
    const stream = new Promise<string>(resolve => {
        passed = resolve;
    });
    const open = (fetch: FetchLike) =>
        new StreamableHTTPClientTransport(new URL(server.address), {
            fetch: async (url, init) => {
                const response = await fetch(url, init);
                if (init?.method === 'GET') passed(response.clone().text());
                return response;
            }
        });
    const client = new Client({ name: 'client', version: '1' });
    await client.connect(new StreamableTransport(open));
    expect(await stream).toBe(`retry: ${expected}\n\n`);
    await client.close();
});

test('a server that answers POSTs only after its own requests are answered causes no deadlock', async () => {
    const waiting: (() => void)[] = [];
    let pings = 0;
    await using server = await serveHostile('sse', {
        post: ({ id, method, res, push }) => {
            if (method === 'reply') {
                // The POSTs are answered only after the client has answered nine requests of the server.
                if (++pings === 9) for (const answer of waiting) answer();
                return false;
            }
            if (method !== 'tools/call') return false;
            waiting.push(() => {
                push(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: done })}\n\n`);
                setImmediate(() => res.writeHead(202).end());
            });
            push(`data: ${JSON.stringify({ jsonrpc: '2.0', id: `ping-${String(id)}`, method: 'ping' })}\n\n`);
            return true;
        }
    });
    const transport = new SseTransport(new URL(server.address));
    const client = new Client({ name: 'client', version: '1' });
    await client.connect(transport);
    const calls = Array.from({ length: 9 }, () => client.callTool({ name: 'once' }));
    expect(await Promise.all(calls)).toHaveLength(9);
    await client.close();
});

test.each([301, 302, 307, 308])('a %i within the origin is followed for the stream', async status => {
    await using server = await serveHostile('sse', {
        get: (res, req) => req.url === '/sse' && !!res.writeHead(status, { location: '/moved/sse' }).end()
    });
    expect(await callOnce(server)).toEqual({ ...done, errors: [] });
});

test.each([307, 308])('a %i within the origin is followed for a message', async status => {
    let isMoved = false;
    await using server = await serveHostile('sse', {
        post: ({ method, res }) => {
            if (method !== 'tools/call' || isMoved) return false;
            isMoved = true;
            return !!res.writeHead(status, { location: '/messages?sessionId=1' }).end();
        }
    });
    expect(await callOnce(server)).toEqual({ ...done, errors: [] });
    expect(server.count('POST tools/call')).toBe(2);
});

test('GET /mcp is repeated with growing delays while its streams end at once without a message', async () => {
    const repeated = createGate();
    const waits: number[] = [];
    await using server = await serveHostile('http', { get: res => !!res.writeHead(200, events).end(': nothing\n\n') });
    const clock = {
        ...hurried,
        schedule(callback: () => void, ms: number) {
            if (waits.push(ms) === 5) repeated.open();
            return hurried.schedule(callback, ms);
        }
    };
    const reconnectionOptions = {
        initialReconnectionDelay: 1,
        maxReconnectionDelay: 1,
        reconnectionDelayGrowFactor: 1,
        maxRetries: 100
    };
    const transport = new StreamableTransport(
        fetch => new StreamableHTTPClientTransport(new URL(server.address), { fetch, reconnectionOptions }),
        { clock: { ...clock, now: () => 0 }, random: () => 1 }
    );
    const client = new Client({ name: 'client', version: '1' });
    await client.connect(transport);
    await repeated.opened;
    expect(waits.slice(0, 5)).toEqual([200, 400, 800, 1600, 3200]);
    await client.close();
});
