import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { findFreePort } from '../src/learner/free-port.ts';
import { startPageProxy } from '../src/page/page-proxy.ts';

/** A server of any kind behind the page, and what it got. */
async function startBehind(listener: RequestListener) {
    const seen: IncomingMessage[] = [];
    const server = createServer((req, res) => {
        seen.push(req);
        listener(req, res);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const port = await findFreePort();
    const proxy = await startPageProxy(origin, port, 'down');
    return {
        origin,
        port,
        seen,
        page: proxy.origin,
        stop: () => server.close().closeAllConnections(),
        async [Symbol.asyncDispose]() {
            await proxy[Symbol.asyncDispose]();
            server.close().closeAllConnections();
        }
    };
}

async function statusOf(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
    const sending = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
}

test('an absolute address in `endpoint` becomes one of the page, and events arrive as they are sent', async () => {
    await using behind = await startBehind((_req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/event-stream' });
        const { port } = new URL(behind.origin);
        res.write(`event: endpoint\r\ndata: http://127.0.0.1:${port}/messages?sessionId=1\r\n\r\ndata: é\r\n\r\n`);
    });
    const [response] = (await once(get(`${behind.page}/sse`, { agent: false }), 'response')) as [IncomingMessage];
    const [chunk] = await once(response.setEncoding('utf8'), 'data');
    const endpoint = `event: endpoint\r\ndata: ${behind.page}/messages?sessionId=1\r\n\r\n`;
    expect(chunk).toBe(`${endpoint}data: é\r\n\r\n`);
    response.destroy();
});

test('when the browser leaves, the server learns of it', async () => {
    let left: Promise<unknown> | undefined;
    await using behind = await startBehind((_req, res) => {
        left = once(res, 'close');
        res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    });
    const [response] = (await once(get(`${behind.page}/sse`, { agent: false }), 'response')) as [IncomingMessage];
    response.destroy();
    await left;
});

test('the server sees requests of its own origin, whatever the page is called', async () => {
    await using behind = await startBehind((_req, res) => void res.end());
    await statusOf(behind.port, '/messages', { Host: `127.0.0.1:${behind.port}`, Origin: behind.page }, 'POST');
    const [{ headers }] = behind.seen as [IncomingMessage];
    expect(headers).toMatchObject({ host: new URL(behind.origin).host, origin: behind.origin });
});

test.each([
    ['another host, as a name that an attacker points here', { Host: 'evil.example' }],
    ['another port', { Host: 'localhost:1' }],
    ['the origin of another site', { Origin: 'https://evil.example' }],
    ['an origin that is hidden', { Origin: 'null' }]
])('a request with %s gets 403 and does not reach the server', async (_what, headers) => {
    await using behind = await startBehind((_req, res) => void res.end());
    const host = `localhost:${behind.port}`;
    expect(await statusOf(behind.port, '/health', { Host: host })).toBe(200);
    expect(await statusOf(behind.port, '/health', { Host: host, ...headers })).toBe(403);
    expect(behind.seen).toHaveLength(1);
});

test('whatever the request names, it is forwarded to the learner’s server only', async () => {
    await using other = await startBehind((_req, res) => void res.end());
    await using behind = await startBehind((_req, res) => void res.end());
    const host = { Host: `localhost:${behind.port}` };
    for (const path of [
        `${other.origin}/x`,
        `//${new URL(other.origin).host}/x`,
        `/@${new URL(other.origin).host}/x`
    ]) {
        await statusOf(behind.port, path, host);
    }
    expect(other.seen).toHaveLength(0);
    expect(behind.seen).toHaveLength(3);
});

test('it listens on the loopback interface, and says so when the server does not answer', async () => {
    await using behind = await startBehind((_req, res) => void res.end());
    behind.stop();
    const answer = await fetch(`${behind.page}/sse`);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toBe('down');
});
