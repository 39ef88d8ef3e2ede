import { randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import {
    connectKept,
    createGate,
    createManualClock,
    patient,
    serveHttp,
    serveTransport,
    serveTutorial
} from '@calc/test-helpers/wire';
import { type ConnectionState, SseTransport, type TransportError } from '@calc/transport/client';
import { expect, test } from 'vitest';
import { createCounter, serveProxy } from './fixtures.ts';

type Answer = (res: ServerResponse) => void;
const events = { 'Content-Type': 'text/event-stream' };
const status =
    (code: number, headers = {}, body = ''): Answer =>
    res =>
        res.writeHead(code, headers).end(body);

test.for<[string, Answer, Partial<TransportError>]>([
    ['401', status(401, {}), { code: 'unauthorized', status: 401 }],
    ['403', status(403), { code: 'unauthorized', status: 403 }],
    ['404', status(404), { code: 'not-found', status: 404 }],
    ['405', status(405), { code: 'not-found', status: 405 }],
    ['204', status(204), { code: 'ended', status: 204 }],
    [
        '400',
        status(400, { 'Content-Type': 'text/plain' }, 'no'),
        { code: 'unreachable', message: 'URL answered 400 Bad Request (no)' }
    ],
    ['500', status(500), { code: 'unreachable', status: 500 }],
    [
        '503 with a JSON-RPC error',
        status(503, { 'Content-Type': 'application/json' }, '{"error":{"message":"full"}}'),
        { code: 'unreachable', message: 'URL answered 503 Service Unavailable (full)' }
    ],
    ['a page', status(200, { 'Content-Type': 'text/html' }, '<html>'), { code: 'not-a-stream' }],
    [
        'a redirect',
        status(308, { Location: 'https://other.example/sse' }),
        { code: 'redirected', message: 'URL redirects to https://other.example/sse; connect to that URL instead' }
    ],
    [
        'an endpoint of another origin',
        status(200, events, 'event: endpoint\ndata: http://other.example/\n\n'),
        { code: 'not-a-stream' }
    ],
    [
        'an endpoint that is not a URL',
        status(200, events, 'event: endpoint\ndata: http://[\n\n'),
        { code: 'not-a-stream' }
    ],
    ['a stream that ends at once', status(200, events), { code: 'unreachable' }],
    ['a connection that breaks', res => res.destroy(), { code: 'unreachable' }]
])('%s at the first connection rejects at once, and no retry follows', async ([, answer, expected]) => {
    let requests = 0;
    await using server = await serveHttp((_req, res) => {
        requests++;
        answer(res);
    });
    const clock = createManualClock();
    const { states, transport, closes } = watch(server.sseUrl, { clock });
    const message = expected.message?.replace('URL', server.sseUrl);
    await expect(transport.start()).rejects.toMatchObject({ ...expected, ...(message && { message }) });
    expect([clock.pending, closes()]).toEqual([0, 1]);
    clock.advance(1e6);
    await expect.poll(() => server.answering).toBe(0);
    expect(requests).toBe(1);
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'closed']);
    await expect(transport.send({ jsonrpc: '2.0', method: 'x' })).rejects.toMatchObject({ code: 'closed' });
});

test('a port without a server rejects at once, and no timer remains', async () => {
    // The manual clock does not show the timers of others.
    const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
    const before = timers();
    const clock = createManualClock();
    const { transport } = watch(`http://127.0.0.1:${randomInt(20_000, 28_000)}/sse`, { clock });
    await expect(transport.start()).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching('ECONNREFUSED')
    });
    await new Promise(resolve => setImmediate(resolve));
    expect(clock.pending).toBe(0);
    // A timer of an earlier test may have ended meanwhile.
    expect(timers()).toBeLessThanOrEqual(before);
});

test('a stream without an endpoint event is closed', async () => {
    await using server = await serveHttp((_req, res) => void res.writeHead(200, events).write(': nothing\n\n'));
    const clock = createManualClock();
    const { transport } = watch(server.sseUrl, { clock });
    const started = transport.start();
    clock.advance(30_000);
    await expect(started).rejects.toMatchObject({ code: 'not-a-stream' });
    await expect.poll(() => server.answering).toBe(0);
});

test('if the token is refused on reconnecting, the stream ends with that error', async () => {
    await using server = await serveTransport({ createServer: () => createCounter() });
    await using proxy = await serveProxy(
        () => server.sseUrl,
        (status, token) => (token === 'Bearer first' ? status : 401)
    );
    let token = 'first';
    const headers = () => ({ Authorization: `Bearer ${token}` });
    await using kept = await connectKept(proxy.sseUrl, { headers, ...patient });
    await kept.client.ping();
    token = 'revoked';
    proxy.breakAll();
    await expect.poll(() => kept.closes).toBe(1);
    expect(kept.transport.closeReason).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(kept.names()).toEqual(['connecting', 'open', 'dropped', 'closed']);
    await expect.poll(() => proxy.answering).toBe(0);
});

test.for([204, 401, 308])('%s when the stream would come back ends it', async code => {
    let streams = 0;
    await using server = await serveHttp((_req, res) => {
        if (++streams > 1) res.writeHead(code).end();
        else res.writeHead(200, events).write('retry: 1\nevent: endpoint\ndata: /messages\n\n');
    });
    const { transport, closes, states } = watch(server.sseUrl);
    await transport.start();
    server.breakAll();
    await expect.poll(closes).toBe(1);
    expect([streams, states.at(-1)]).toMatchObject([2, { name: 'closed', reason: { status: code } }]);
});

test('if the server does not come back in time, pending requests fail with one error, and the transport closes once', async () => {
    const server = await serveTutorial({ onCall: () => new Promise(() => {}) });
    const clock = createManualClock();
    await using kept = await connectKept(server.sseUrl, { clock, random: () => 1 });
    await kept.client.listTools();
    const calls = ['look', 'count'].map(name => kept.client.callTool({ name, arguments: { call: 1 } }));
    await expect.poll(() => server.runs.length).toBe(2);
    await server[Symbol.asyncDispose]();
    const delays = () => kept.states.flatMap(state => (state.name === 'dropped' ? state.retryInMs : []));
    for (const drops of [1, 2, 3, 4]) {
        await expect.poll(() => delays().length).toBe(drops);
        clock.advance(delays().at(-1) ?? 0);
    }
    await expect.poll(delays).toEqual([1000, 2000, 4000, 8000, 10_000]);
    expect(kept.closes).toBe(0);
    clock.advance(14_999);
    expect(kept.closes).toBe(0);
    clock.advance(1);
    for (const call of calls) await expect(call).rejects.toThrow(/did not come back within 30000 ms/);
    expect([kept.closes, clock.pending]).toEqual([1, 0]);
    expect(kept.transport.closeReason).toMatchObject({ code: 'gave-up' });
});

test('half of a delay is random, and a server that asks for an hour is tried before the time is up', async () => {
    const opening = 'event: endpoint\ndata: /messages\n\n';
    await using server = await serveHttp(
        (_req, res) => void res.writeHead(200, events).write(`retry: 3600000\n${opening}`)
    );
    const clock = createManualClock();
    const { transport, states } = watch(server.sseUrl, { clock, random: () => 0 });
    await transport.start();
    await server[Symbol.asyncDispose]();
    await expect.poll(() => states.at(-1)).toMatchObject({ name: 'dropped', retryInMs: 15_000 });
    await transport.close();
    expect(clock.pending).toBe(0);
});

test.for(['new', 'connecting', 'open', 'dropped', 'reconnecting', 'closed'])(
    'close() while %s leaves no timer and no connection',
    async when => {
        const waiting = createGate();
        let streams = 0;
        await using server = await serveHttp((_req, res) => {
            streams++;
            if (when === 'connecting' || (when === 'reconnecting' && streams > 1)) return waiting.open();
            res.writeHead(200, events).write('event: endpoint\ndata: /messages\n\n');
        });
        const clock = createManualClock();
        const { transport, closes, states } = watch(server.sseUrl, { clock });
        if (when !== 'new') {
            const started = transport.start();
            if (when === 'connecting') {
                started.catch(() => {});
                await waiting.opened;
                await transport.close();
                await expect(started).rejects.toMatchObject({ code: 'closed' });
            } else await started;
        }
        if (when === 'dropped' || when === 'reconnecting') {
            server.breakAll();
            await expect.poll(() => states.at(-1)?.name).toBe('dropped');
        }
        if (when === 'reconnecting') {
            clock.advance(1000);
            await waiting.opened;
        }
        await transport.close();
        await transport.close();
        expect([closes(), clock.pending, states.at(-1)]).toEqual([1, 0, { name: 'closed' }]);
        await expect.poll(() => server.answering).toBe(0);
        clock.advance(1e6);
        expect(streams).toBe({ new: 0, reconnecting: 2 }[when] ?? 1);
    }
);

/** A transport that records what it reports. */
function watch(sseUrl: string, options: ConstructorParameters<typeof SseTransport>[1] = {}) {
    const states: ConnectionState[] = [];
    const transport = new SseTransport(new URL(sseUrl), { ...options, onState: state => states.push(state) });
    let closes = 0;
    transport.onclose = () => closes++;
    return { transport, states, closes: () => closes };
}
