import { once } from 'node:events';
import { connect } from 'node:net';
import { openMcp, openStream, type RawStream, send, sendRaw } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { afterAll, beforeAll, expect } from 'vitest';
import { openAtEach, type RunningWorkers, runWorkers } from './run-workers.ts';

let server: RunningWorkers;
let streams: RawStream[];

beforeAll(async () => {
    server = await runWorkers(3, { REQUEST_TIMEOUT_MS: '1500' });
    streams = (await openAtEach(2, () => openStream(`${server.url}/sse`))).slice(-4);
    await Promise.all(streams.map(stream => stream.initialize()));
});
afterAll(() => server[Symbol.asyncDispose]());

const echo = (id: number, message: string) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'echo', arguments: { message } }
});

proves(['workers.any'], 'a message of 3 MB reaches its session, and so does the reply', async () => {
    const message = 'x'.repeat(3_000_000);
    for (const stream of streams) {
        for (const id of [1, 2]) {
            expect((await stream.post(echo(id, message))).status).toBe(202);
            const { result } = await stream.findReply(id);
            // A comparison by the library would print both texts.
            expect(Object(result?.structuredContent).echo === message).toBe(true);
        }
    }
});

proves(['workers.any'], 'a message in any script reaches its session, and so does the reply', async () => {
    const message = 'é 漢字 🙂';
    for (const stream of streams) {
        for (const id of [11, 12, 13, 14]) {
            expect((await stream.post(echo(id, message))).status).toBe(202);
            expect((await stream.findReply(id)).result?.structuredContent).toMatchObject({ echo: message });
        }
    }
    await using session = await openMcp(`${server.url}/mcp`);
    for (const id of [1, 2, 3, 4]) {
        const { result } = await session.request(id, 'tools/call', echo(id, message).params);
        expect(result?.structuredContent).toMatchObject({ echo: message });
    }
});

proves(['workers.any'], 'a message of 5 MB is refused with 413, and the connection is closed', async () => {
    const message = 'x'.repeat(5_000_000);
    // A server that closes while the client still sends resets only some of the connections.
    for (let round = 0; round < 15; round++) {
        for (const stream of streams) {
            const { status, headers } = await stream.post(echo(3, message));
            expect([status, headers.connection]).toEqual([413, 'close']);
        }
    }
});

/** Begins to post a message, and sends the first part of its body. */
async function beginPost({ endpoint }: RawStream, bytes: number) {
    const socket = connect(Number(endpoint.port), endpoint.hostname);
    await once(socket, 'connect');
    const head = [
        `POST ${endpoint.pathname}${endpoint.search} HTTP/1.1`,
        `Host: ${endpoint.host}`,
        'Content-Type: application/json',
        `Content-Length: ${bytes}`
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n{"jsonrpc":`);
    return socket;
}

proves(['workers.any'], 'an aborted upload does no harm, and a slow one gets 408', async () => {
    for (const stream of streams) {
        const aborted = await beginPost(stream, 100);
        aborted.destroy();
        const slow = await beginPost(stream, 100);
        const [answer] = await once(slow, 'data');
        expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
        expect(await stream.request(4, 'ping')).toMatchObject({ result: {} });
    }
});

proves(['workers.any'], 'a path in capitals and a URL in absolute form reach the session', async () => {
    const { host } = new URL(server.url);
    for (const { endpoint, sessionId, findReply } of streams) {
        const urls = [`/MESSAGES?sessionId=${sessionId}`, endpoint.href];
        for (const [index, url] of [...urls, ...urls, ...urls, ...urls].entries()) {
            const body = JSON.stringify({ jsonrpc: '2.0', id: `url ${index}`, method: 'ping' });
            const type = `Content-Type: application/json\r\nContent-Length: ${body.length}`;
            const head = `POST ${url} HTTP/1.1\r\nHost: ${host}\r\n${type}\r\nConnection: close`;
            expect(await sendRaw(server.url, `${head}\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 202 /);
            await findReply(`url ${index}`);
        }
    }
    for (let round = 0; round < 4; round++) {
        const stream = await openStream(`${server.url}/sse`);
        stream.cut();
        const headers = { 'Last-Event-ID': String(stream.lastEventId) };
        const resumed = await openStream(`${server.url}/SSE`, headers);
        expect(resumed.sessionId).toBe(stream.sessionId);
        resumed.cut();
    }
});

proves(['workers.any'], 'pipelined messages for sessions of several workers are answered in their order', async () => {
    const { host, hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const posts = Array.from({ length: 12 }, (_, index) => {
        const stream = streams[index % streams.length];
        const body = index === 5 ? 'not JSON' : JSON.stringify({ jsonrpc: '2.0', id: 100 + index, method: 'ping' });
        const headers = `Host: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
        return `POST ${stream?.endpoint.pathname}${stream?.endpoint.search} HTTP/1.1\r\n${headers}\r\n\r\n${body}`;
    });
    let text = '';
    socket.setEncoding('utf8').on('data', chunk => {
        text += chunk;
    });
    socket.write(posts.join(''));
    const expected = posts.map((_, index) => (index === 5 ? '400' : '202'));
    await expect.poll(() => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(expected);
    socket.destroy();
    for (const [index, { findReply }] of [...streams, ...streams, ...streams].entries()) {
        if (index !== 5) expect(await findReply(100 + index)).toMatchObject({ result: {} });
    }
});

proves(['workers.any'], 'a client that leaves frees its stream, through whichever worker it came', async () => {
    const stream = await openStream(`${server.url}/sse`);
    const count = async () => JSON.parse((await send(`${server.url}/health`)).body).connections;
    const before = await count();
    stream.cut();
    await expect.poll(count).toBe(before - 1);
    for (let round = 0; round < 4; round++) {
        const resumed = await stream.resume();
        expect([resumed.sessionId, await count()]).toEqual([stream.sessionId, before]);
        resumed.cut();
        await expect.poll(count).toBe(before - 1);
    }
});
