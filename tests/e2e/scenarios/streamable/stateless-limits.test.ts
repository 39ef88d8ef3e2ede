import { once } from 'node:events';
import { sendRaw, startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import {
    add,
    addHeaders,
    CLOCK,
    connectStateless,
    listen,
    openConnection,
    post,
    startStateless,
    toHeaders,
    toRequest
} from '../../helpers/stateless-fixture.ts';

proves(['stateless.limits'], 'requests and subscriptions over the limit are refused; the others continue', async () => {
    await using api = await startJokeApi('hangs');
    const jokeApi = { url: api.url, timeoutMs: 60_000 };
    await using server = await startStateless({ maxExchanges: 1, maxSubscriptions: 1 }, { jokeApi });
    await using client = await connectStateless(server.url);
    const call = client.callTool({ name: 'random-joke', arguments: {} });
    await api.asked;
    await client.listen({ resourceSubscriptions: [CLOCK] });
    const another = await post(server.url, listen, toHeaders('subscriptions/listen'));
    expect([another.status, another.json.error.code]).toEqual([503, -32000]);

    const refused = await post(server.url, { ...add, id: 'a' }, addHeaders);
    expect([refused.status, refused.headers['retry-after'], refused.json]).toEqual([
        503,
        '1',
        { jsonrpc: '2.0', error: { code: -32000, message: expect.stringMatching('limit of requests') }, id: 'a' }
    ]);
    expect(server.refusals).toEqual(['too-many-subscriptions', 'too-many-exchanges']);
    // Another client, which holds few places, has some in reserve.
    const ofAnother = { 'X-Client': 'another' };
    expect((await post(server.url, add, { ...addHeaders, ...ofAnother })).status).toBe(200);
    const socket = openConnection(server.url, [listen, { ...toHeaders('subscriptions/listen'), ...ofAnother }]);
    await expect.poll(() => server.stateless.subscriptions).toBe(2);
    socket.destroy();
    api.answer();
    expect(await call).toMatchObject({ structuredContent: { source: 'api' } });
    expect((await post(server.url, add, addHeaders)).status).toBe(200);
});

proves(['stateless.limits'], 'an answer that waits only for its client to read holds no place', async () => {
    await using server = await startStateless({ maxExchanges: 1 });
    const echo = toRequest('tools/call', { name: 'echo', arguments: { message: 'x'.repeat(10_000_000) } });
    const socket = openConnection(server.url, [echo, toHeaders('tools/call', 'echo')]);
    socket.pause();
    await expect.poll(() => [server.reports.length, server.stateless.exchanges]).toEqual([1, 0]);
    expect((await post(server.url, add, addHeaders)).status).toBe(200);
    socket.destroy();
});

proves(['stateless.limits'], 'a long id of a subscription is not repeated with every tick', async () => {
    await using server = await startStateless();
    const headers = toHeaders('subscriptions/listen');
    const { status, json } = await post(server.url, { ...listen, id: 'x'.repeat(257) }, headers);
    expect([status, json.error.code]).toEqual([400, -32600]);
    expect(server.listeners).toBe(0);
    const socket = openConnection(server.url, [{ ...listen, id: 'x'.repeat(256) }, headers]);
    await expect.poll(() => server.listeners).toBe(1);
    socket.destroy();
});

proves(
    ['stateless.draining'],
    'drain() lets a call in flight be answered, refuses new ones, and then ends the subscriptions',
    async () => {
        await using api = await startJokeApi('hangs');
        await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
        await using client = await connectStateless(server.url);
        const subscription = await client.listen({ resourceSubscriptions: [CLOCK] });
        const call = client.callTool({ name: 'random-joke', arguments: {} });
        await api.asked;
        const drained = server.stateless.drain(60_000);
        // It goes by the first word.
        expect(server.stateless.drain(0)).toBe(drained);
        const late = await post(server.url, add, addHeaders);
        expect([late.status, late.headers['retry-after'], late.json.error.code]).toEqual([503, '5', -32000]);
        expect([server.stateless.exchanges, server.stateless.subscriptions]).toEqual([1, 1]);
        api.answer();
        expect(await call).toMatchObject({ structuredContent: { source: 'api' } });
        expect(await subscription.closed).toBe('graceful');
        await drained;
        expect([server.stateless.exchanges, server.stateless.subscriptions, server.listeners]).toEqual([0, 0, 0]);
    }
);

proves(['stateless.draining'], 'drain() aborts a call when its time is over', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
    await using client = await connectStateless(server.url);
    const call = client.callTool({ name: 'random-joke', arguments: {} });
    await api.asked;
    const [answer] = await Promise.allSettled([call, server.stateless.drain(50)]);
    expect(answer.status).toBe('rejected');
    expect(server.stateless.exchanges).toBe(0);
});

proves(['stateless.draining'], 'drain() does not wait for a client that does not read', async () => {
    await using server = await startStateless();
    const echo = toRequest('tools/call', { name: 'echo', arguments: { message: 'x'.repeat(10_000_000) } });
    const socket = openConnection(server.url, [echo, toHeaders('tools/call', 'echo')]);
    socket.pause();
    await expect.poll(() => server.reports.length).toBe(1);
    await server.stateless.drain(0);
    await expect.poll(() => server.stateless.exchanges).toBe(0);
    socket.destroy();
});

proves(['stateless.limits'], 'a client that stops reading is disconnected, and its subscription ends', async () => {
    await using server = await startStateless({ heartbeatMs: 25 });
    const socket = openConnection(server.url, [listen, toHeaders('subscriptions/listen')]);
    await once(socket, 'data');
    socket.pause();
    await expect.poll(() => server.listeners).toBe(1);
    // As much as fills the buffers of both ends, and the rest is never read.
    for (let i = 0; i < 100_000 && server.listeners > 0; i++) {
        server.tick();
        if (i % 1000 === 0) await new Promise(setImmediate);
    }
    await expect.poll(() => [server.stateless.subscriptions, server.listeners]).toEqual([0, 0]);
    socket.destroy();
});

proves(['stateless.limits'], 'a client that reads is not disconnected during a long silence', async () => {
    await using server = await startStateless({ heartbeatMs: 25 });
    const socket = openConnection(server.url, [listen, toHeaders('subscriptions/listen')]);
    let heartbeats = 0;
    socket.on('data', chunk => {
        heartbeats += String(chunk).split(': keepalive').length - 1;
    });
    await expect.poll(() => heartbeats).toBeGreaterThan(8);
    expect(server.stateless.subscriptions).toBe(1);
    socket.destroy();
    await expect.poll(() => server.listeners).toBe(0);
});

proves(
    ['http.pipelining'],
    'a pipelined request waits for the answer before it, and is dropped when its connection closes',
    async () => {
        await using api = await startJokeApi('hangs');
        await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
        const joke = toRequest('tools/call', { name: 'random-joke' });
        const socket = openConnection(
            server.url,
            [joke, toHeaders('tools/call', 'random-joke')],
            [listen, toHeaders('subscriptions/listen')]
        );
        await api.asked;
        expect([server.stateless.exchanges, server.listeners]).toEqual([1, 0]);
        socket.destroy();
        await expect.poll(() => server.stateless.exchanges).toBe(0);
        expect((await post(server.url, add, addHeaders)).status).toBe(200);
        expect([server.stateless.subscriptions, server.listeners]).toEqual([0, 0]);
    }
);

proves(['http.pipelining'], 'many pipelined requests are answered in order, without a warning', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await startStateless({}, { jokeApi: { url: api.url, timeoutMs: 60_000 } });
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const joke = toRequest('tools/call', { name: 'random-joke' });
    const socket = openConnection(
        server.url,
        [joke, toHeaders('tools/call', 'random-joke')],
        ...Array.from({ length: 30 }, (): [object, Record<string, string>] => [add, addHeaders])
    );
    let answers = 0;
    socket.on('data', chunk => {
        answers += String(chunk).split('HTTP/1.1 200').length - 1;
    });
    await api.asked;
    expect(server.stateless.exchanges).toBe(1);
    api.answer();
    await expect.poll(() => answers).toBe(31);
    expect(server.stateless.exchanges).toBe(0);
    socket.destroy();
    process.off('warning', note);
    expect(warnings).toEqual([]);
});

proves(
    ['stateless.subscribe'],
    'a subscription to nothing ends, and also its connection if the client asks for that',
    async () => {
        await using server = await startStateless();
        const body = JSON.stringify(toRequest('subscriptions/listen', { notifications: {} }));
        const headers = { ...toHeaders('subscriptions/listen'), Host: 'localhost', Connection: 'close' };
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
        const head = ['POST /mcp HTTP/1.1', ...lines, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n');
        expect(await sendRaw(server.url.href, `${head}\r\n\r\n${body}`)).toContain('"resultType":"complete"');
    }
);
