import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { createGate, events, serveHttp } from '@calc/test-helpers/wire';
import { createResumingFetch } from '@calc/transport/client';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, test } from 'vitest';

const QUICK = 'retry: 1\n';
const endpoint = (name: string) => `${QUICK}event: endpoint\ndata: /messages?session=${name}\n\n`;
const message = '{"jsonrpc":"2.0","method":"note"}';

type Connection = (res: ServerResponse, req: IncomingMessage) => unknown;

/** A server whose GETs are answered by one function each, and what they asked for. */
async function serve(...connections: Connection[]) {
    const asked: (string | undefined)[] = [];
    const finished = createGate();
    const server = await serveHttp((req, res) => {
        const id = req.headers['last-event-id'];
        // Node decodes headers as Latin-1, but the client sent UTF-8.
        asked.push(id === undefined ? undefined : Buffer.from(String(id), 'latin1').toString('utf8'));
        connections[asked.length - 1]?.(res, req);
        if (asked.length === connections.length) finished.open();
    });
    return Object.assign(server, { asked, finished: finished.opened });
}

const stay: Connection = res => res.writeHead(200, events).write(endpoint('1'));

/** The `Last-Event-ID` of each GET of the SDK's transport: each stream but the last ends after its text. */
async function reconnect(...texts: string[]) {
    const connections = texts.map(
        (text): Connection =>
            res =>
                res.writeHead(200, events).end(text)
    );
    await using server = await serve(...connections, stay);
    const transport = new SSEClientTransport(new URL(server.sseUrl), { fetch: createResumingFetch() });
    await transport.start();
    await server.finished;
    await transport.close();
    return server.asked;
}

test.each([
    ['the last complete event', `id: 1\ndata: ${message}\n\nid: 2\ndata: ${message}\n\nid: 3\ndata: ${message}\n`, '2'],
    ['an event before one without an id', `id: 1\ndata: ${message}\n\ndata: ${message}\n\n`, '1'],
    ['an event with CRLF', `id: 1\r\ndata: ${message}\r\n\r\n: end\r\n`, '1'],
    ['an id outside Latin-1', `id: été-日本-1\ndata: ${message}\n\n`, 'été-日本-1'],
    ['no event after an empty id', `id: 1\ndata: ${message}\n\nid\ndata: ${message}\n\n`, undefined]
])('Last-Event-ID names %s', async (_what, text, expected) => {
    expect(await reconnect(endpoint('1') + text)).toEqual([undefined, expected]);
});

test('an id stays valid over streams that bring nothing, and ends with its session', async () => {
    const first = `${endpoint('1')}id: 7\ndata: ${message}\n\n`;
    expect(await reconnect(first, '', endpoint('1'), endpoint('2'))).toEqual([undefined, '7', '7', '7', undefined]);
});

test('the id of the endpoint event of a new session replaces the old one', async () => {
    const first = `${endpoint('1')}id: 7\ndata: ${message}\n\n`;
    expect(await reconnect(first, `id: new\n${endpoint('2')}`)).toEqual([undefined, '7', 'new']);
});

test.each([429, 502, 503, 504])('a %i to a reconnect does not end the session', async status => {
    const drop: Connection = res => res.writeHead(200, events).end(`id: 1\n${endpoint('1')}`);
    await using server = await serve(drop, res => res.writeHead(status).end('later'), stay);
    const transport = new SSEClientTransport(new URL(server.sseUrl), { fetch: createResumingFetch() });
    const reasons: string[] = [];
    transport.onerror = ({ message }) => reasons.push(message);
    await transport.start();
    await server.finished;
    await transport.close();
    expect(server.asked).toEqual([undefined, '1', '1']);
    expect(reasons.join()).toContain(`HTTP ${status}`);
});

test('a reconnect that is redirected within the origin keeps its id', async () => {
    const drop: Connection = res => res.writeHead(200, events).end(`id: 1\n${endpoint('1')}`);
    await using server = await serve(drop, res => res.writeHead(307, { location: '/elsewhere' }).end(), stay);
    const transport = new SSEClientTransport(new URL(server.sseUrl), { fetch: createResumingFetch() });
    await transport.start();
    await server.finished;
    await transport.close();
    expect(server.asked).toEqual([undefined, '1', '1']);
});

test('a 503 to the first GET reaches the transport as it is', async () => {
    await using server = await serve(res => res.writeHead(503).end());
    const transport = new SSEClientTransport(new URL(server.sseUrl), { fetch: createResumingFetch() });
    await expect(transport.start()).rejects.toThrow('503');
    await transport.close();
});

/** Reads one stream through the fetch, chunk by chunk. */
async function openReader(fetch: FetchLike, url: string, signal?: AbortSignal) {
    const response = await fetch(url, { headers: { accept: 'text/event-stream' }, ...(signal && { signal }) });
    const reader = response.body?.getReader();
    if (!reader) throw new Error('no body');
    return reader;
}

test('every byte passes unchanged, and an event counts only after its reader asks for more', async () => {
    const body = `\uFEFFid: a\ndata: é\r\r:\0\n\nid: b\ndata: 1\n\n`;
    const send: Connection = res => res.writeHead(200, events).end(body);
    await using server = await serve(send, send, stay);
    const fetch = createResumingFetch();
    const first = await openReader(fetch, server.sseUrl);
    const { value } = await first.read();
    expect(Buffer.from(value ?? []).toString()).toBe(body);
    const second = await openReader(fetch, server.sseUrl);
    await second.read();
    expect((await second.read()).done).toBe(true);
    await openReader(fetch, server.sseUrl);
    expect(server.asked).toEqual([undefined, undefined, 'b']);
});

test('nothing is read ahead of the reader, and its end reaches the body', async () => {
    let pulls = 0;
    let reason: unknown;
    const body = new ReadableStream<Uint8Array>(
        {
            pull: controller => controller.enqueue(Buffer.from(`id: ${++pulls}\n\n`)),
            cancel: why => {
                reason = why;
            }
        },
        { highWaterMark: 0 }
    );
    const fetch = createResumingFetch(async () => new Response(body, { headers: events }));
    const reader = await openReader(fetch, 'http://x/sse');
    await setImmediate();
    expect(pulls).toBe(0);
    for (const _ of [1, 2, 3]) await reader.read();
    await setImmediate();
    expect(pulls).toBe(3);
    await reader.cancel('enough');
    expect(reason).toBe('enough');
});

test('other requests pass unchanged', async () => {
    const seen: [string, RequestInit | undefined][] = [];
    const answer = new Response('{}');
    const fetch = createResumingFetch(async (url, init) => {
        seen.push([String(url), init]);
        return answer;
    });
    const post = { method: 'POST', headers: { accept: 'text/event-stream' }, body: '{}' };
    expect(await fetch('http://x/messages', post)).toBe(answer);
    expect(await fetch('http://x/.well-known/oauth-protected-resource')).toBe(answer);
    expect(seen).toEqual([
        ['http://x/messages', post],
        ['http://x/.well-known/oauth-protected-resource', undefined]
    ]);
});

test('two transports cannot share one: neither gets the session of the other', async () => {
    const held: ServerResponse[] = [];
    const hold: Connection = res => {
        held.push(res);
        res.writeHead(200, events).write(`id: mine\n${endpoint('1')}`);
    };
    await using server = await serve(hold);
    const fetch = createResumingFetch();
    const [first, second] = [fetch, fetch].map(fetch => new SSEClientTransport(new URL(server.sseUrl), { fetch }));
    if (!first || !second) throw new Error('no transports');
    await first.start();
    await expect(second.start()).rejects.toThrow('create one for each transport');
    const failed = new Promise<Error>(resolve => {
        first.onerror = error => {
            if (error.message.includes('create one')) resolve(error);
        };
    });
    held[0]?.destroy();
    await failed;
    await Promise.all([first.close(), second.close()]);
    expect(server.asked).toEqual([undefined]);
});

test('a transport that follows a closed one begins a new session', async () => {
    const hold: Connection = res => res.writeHead(200, events).write(`id: old\n${endpoint('1')}`);
    await using server = await serve(hold, hold);
    const fetch = createResumingFetch();
    for (const _ of [1, 2]) {
        const transport = new SSEClientTransport(new URL(server.sseUrl), { fetch });
        await transport.start();
        await transport.close();
    }
    expect(server.asked).toEqual([undefined, undefined]);
});
