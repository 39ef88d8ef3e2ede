import type { IncomingMessage, ServerResponse } from 'node:http';
import {
    connectKept,
    createGate,
    createManualClock,
    patient,
    serveHttp,
    serveTransport,
    serveTutorial,
    startProxy
} from '@calc/test-helpers/wire';
import { SseTransport, type TraceEntry } from '@calc/transport/client';
import { expect, test } from 'vitest';
import { createCounter } from './fixtures.ts';

const events = { 'Content-Type': 'text/event-stream' };
const ping = { jsonrpc: '2.0', id: 7, method: 'ping' } as const;

/** One stream, and POSTs with the test's answers. With `id` the stream can be resumed. */
async function servePosts(onPost: (res: ServerResponse, req: IncomingMessage, post: number) => void, id = '') {
    const posts: string[] = [];
    let streams = 0;
    const server = await serveHttp(async (req, res) => {
        if (req.method === 'GET') {
            res.writeHead(200, events).write(`${id}event: endpoint\ndata: /messages?secret=${++streams}\n\n`);
            return;
        }
        let body = '';
        for await (const chunk of req) body += chunk;
        onPost(res, req, posts.push(body));
    });
    return Object.assign(server, { posts, streams: () => streams });
}

test('a POST that broke is repeated with the same body and growing delays', async () => {
    await using server = await servePosts((res, _req, post) => (post < 4 ? res.destroy() : res.writeHead(202).end()));
    const clock = createManualClock();
    const transport = new SseTransport(new URL(server.sseUrl), { clock, random: () => 1 });
    await transport.start();
    const sent = transport.send(ping);
    for (const [post, delay] of [200, 400, 800].entries()) {
        await expect.poll(() => [server.posts.length, clock.pending]).toEqual([post + 1, 1]);
        clock.advance(delay - 1);
        expect(clock.pending).toBe(1);
        clock.advance(1);
    }
    await sent;
    expect(server.posts).toEqual(Array.from({ length: 4 }, () => JSON.stringify(ping)));
    await transport.close();
});

test.for([429, 503])('%s is waited for as long as Retry-After says', async code => {
    await using server = await servePosts((res, _req, post) =>
        post === 1 ? res.writeHead(code, { 'Retry-After': '7' }).end() : res.writeHead(202).end()
    );
    const clock = createManualClock();
    const transport = new SseTransport(new URL(server.sseUrl), { clock });
    await transport.start();
    const sent = transport.send(ping);
    await expect.poll(() => clock.pending).toBe(1);
    clock.advance(6999);
    expect([clock.pending, server.posts.length]).toEqual([1, 1]);
    clock.advance(1);
    await sent;
    expect(server.posts.length).toBe(2);
    await transport.close();
});

test('429 with a Retry-After beyond the time limit rejects at once', async () => {
    await using server = await servePosts(res => res.writeHead(429, { 'Retry-After': '31' }).end());
    const transport = new SseTransport(new URL(server.sseUrl), { clock: createManualClock() });
    await transport.start();
    await expect(transport.send(ping)).rejects.toMatchObject({ code: 'unreachable', status: 429 });
    await transport.close();
});

test.for([
    [400, 'refused'],
    [413, 'refused'],
    [401, 'unauthorized'],
    [500, 'refused']
] as const)('%i rejects send() with the words of the server, and not with the session id', async ([code, expected]) => {
    const body = '{"jsonrpc":"2.0","error":{"code":-32600,"message":"not like this"},"id":null}';
    await using server = await servePosts(res => res.writeHead(code, { 'Content-Type': 'application/json' }).end(body));
    const transport = new SseTransport(new URL(server.sseUrl));
    await transport.start();
    const error = await transport.send(ping).catch(cause => cause);
    expect(error).toMatchObject({ code: expected, status: code, message: expect.stringMatching(/\(not like this\)$/) });
    expect(error.message).not.toMatch('secret');
    await transport.close();
});

test('404 means that the session has ended: the stream is opened again at once', async () => {
    await using server = await servePosts(res => res.writeHead(404).end());
    const renewed = createGate();
    const clock = createManualClock();
    const transport = new SseTransport(new URL(server.sseUrl), { clock });
    transport.onrenewed = renewed.open;
    await transport.start();
    await expect(transport.send(ping)).rejects.toMatchObject({ code: 'session-gone', mayHaveArrived: false });
    clock.advance(0);
    await renewed.opened;
    expect(server.streams()).toBe(2);
    await expect.poll(() => server.answering).toBe(1);
    await transport.close();
    expect(clock.pending).toBe(0);
});

test('a call that must not run twice is not repeated if the server does not recognize retries', async () => {
    // Event ids do not show that a server recognizes retries.
    await using server = await servePosts(res => res.destroy(), 'id: 1\n');
    const transport = new SseTransport(new URL(server.sseUrl));
    await transport.start();
    await expect(transport.send(ping, { mayRepeat: false })).rejects.toMatchObject({
        code: 'outcome-unknown',
        message: expect.stringMatching('it is not known whether the tool ran')
    });
    expect(server.posts.length).toBe(1);
    await transport.close();
});

test('a retry is marked with the id of its request, and the first attempt is not marked', async () => {
    const marks: unknown[] = [];
    await using server = await servePosts((res, { headers }, post) => {
        marks.push(headers['idempotency-key']);
        if (post % 3 === 0) res.writeHead(202).end();
        else res.destroy();
    });
    const transport = new SseTransport(new URL(server.sseUrl), patient);
    await transport.start();
    const options = { mayRepeat: false, retryMs: Number.POSITIVE_INFINITY };
    for (const id of [7, 'é"\\😀']) await transport.send({ ...ping, id }, options);
    expect(marks).toEqual([undefined, '"7"', '"7"', undefined, ...Array(2).fill('"%e9%22%5c%d83d%de00"')]);
    // Retries are marked only if the server has declared support, and only requests have an id.
    await transport.send(ping);
    await transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' }, options);
    expect(marks.slice(6)).toEqual(Array(6).fill(undefined));
    await transport.close();
});

test('a retry is not made when the server may have forgotten the request by then', async () => {
    await using server = await servePosts(res => res.destroy());
    const clock = createManualClock();
    const transport = new SseTransport(new URL(server.sseUrl), { clock, random: () => 1 });
    await transport.start();
    const sent = transport.send(ping, { mayRepeat: false, retryMs: 500 });
    const failed = expect(sent).rejects.toMatchObject({ code: 'outcome-unknown', mayHaveArrived: true });
    await expect.poll(() => [server.posts.length, clock.pending]).toEqual([1, 1]);
    clock.advance(200);
    await failed;
    expect(server.posts.length).toBe(2);
    await transport.close();
});

test.for([
    [-32010, 'answer-lost', /has run the request, and its answer is lost/],
    [-32011, 'outcome-unknown', /it is not known whether the tool ran/]
] as const)('%i to a retry rejects as %s, and nothing is posted again', async ([code, expected, message]) => {
    const body = JSON.stringify({ jsonrpc: '2.0', error: { code, message: 'whatever' }, id: 7 });
    await using server = await servePosts((res, _req, post) =>
        post === 1 ? res.destroy() : res.writeHead(409, { 'Content-Type': 'application/json' }).end(body)
    );
    const transport = new SseTransport(new URL(server.sseUrl), patient);
    await transport.start();
    const sent = transport.send(ping, { retryMs: Number.POSITIVE_INFINITY });
    await expect(sent).rejects.toMatchObject({ code: expected, status: 409, message: expect.stringMatching(message) });
    expect(server.posts.length).toBe(2);
    await transport.close();
});

test('a POST whose answer broke is repeated, and the tool runs once', async () => {
    const runs: string[] = [];
    await using server = await serveTransport({ createServer: () => createCounter(runs) });
    let breaks = 0;
    await using proxy = await startProxy(server.sseUrl, ({ length }, { requestLine }) => {
        if (!requestLine.startsWith('POST') || breaks === 3) return length;
        breaks++;
        return 0;
    });
    await using kept = await connectKept(`${proxy.url}/sse`, patient);
    await kept.client.callTool({ name: 'count', arguments: { call: 1 } });
    expect([runs, breaks]).toEqual([['count 1'], 3]);
});

test('a call that broke fails if the server does not recognize retries, and is run once', async () => {
    await using server = await serveTutorial();
    let isBroken = false;
    await using proxy = await startProxy(server.url, ({ length }, { requestLine }) =>
        isBroken && requestLine.startsWith('POST') ? 0 : length
    );
    await using kept = await connectKept(`${proxy.url}/sse`, patient);
    isBroken = true;
    const call = kept.client.callTool({ name: 'count', arguments: { call: 1 } });
    // Either the reply arrives on the stream first, or the client notices the broken POST first.
    const outcome = await call.then(
        () => 'answered',
        error => error.code
    );
    expect(['answered', 'outcome-unknown']).toContain(outcome);
    isBroken = false;
    await kept.client.ping();
    expect(server.runs).toEqual(['count 1']);
});

test('each event and each POST is traced, with its size in bytes', async () => {
    await using server = await serveTransport({ createServer: () => createCounter() });
    const trace: TraceEntry[] = [];
    await using kept = await connectKept(server.sseUrl, { onTrace: entry => trace.push(entry) });
    await kept.client.callTool({ name: 'größer' });
    expect(trace.map(({ direction, kind }) => `${direction} ${kind}`).sort()).toEqual(
        ['received endpoint', 'received message', 'received message', 'sent post', 'sent post', 'sent post'].sort()
    );
    for (const { text, bytes, at } of trace) expect([bytes, at]).toEqual([Buffer.byteLength(text), expect.any(Number)]);
    expect(trace.some(({ text, bytes }) => bytes > text.length)).toBe(true);
});

test('headers are read for each request, and Last-Event-ID is sent on reconnecting', async () => {
    const seen: (string | undefined)[][] = [];
    await using server = await serveHttp((req, res) => {
        seen.push([req.method, req.headers['x-token'] as string, req.headers['last-event-id'] as string]);
        if (req.method === 'POST') return void res.writeHead(202).end();
        res.writeHead(200, events).write('id: abc\nevent: endpoint\ndata: /messages\n\n');
    });
    let token = 0;
    const resumed = createGate();
    const transport = new SseTransport(new URL(server.sseUrl), {
        headers: async () => ({ 'X-Token': `${++token}` }),
        ...patient,
        onState: ({ name }) => name === 'resumed' && resumed.open()
    });
    await transport.start();
    await transport.send(ping);
    server.breakAll();
    await resumed.opened;
    await transport.close();
    expect(seen).toEqual([
        ['GET', '1', undefined],
        ['POST', '2', undefined],
        ['GET', '3', 'abc']
    ]);
});
