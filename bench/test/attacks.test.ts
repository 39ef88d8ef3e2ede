import { once } from 'node:events';
import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { badTokens, longHeaders, slowHeaders, type Target } from '../src/attack/attacks.ts';

// What voids the siege: the attacks on servers that do not defend themselves, and on one that does.

async function openTarget(options: ServerOptions, answer: RequestListener): Promise<Target & AsyncDisposable> {
    const server = createServer(options, answer);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return {
        port: (server.address() as AddressInfo).port,
        stolen: { token: 'stolen', endpoint: '/messages' },
        seconds: 0.1,
        cutWithinMs: 5_000,
        async [Symbol.asyncDispose]() {
            server.close();
            server.closeAllConnections();
        }
    };
}

const refused = JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message: 'no' }, id: null });

test('slow senders that are disconnected are counted by the status of their answers', async () => {
    const timeouts = { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 };
    await using target = await openTarget(timeouts, (_req, res) => res.end());
    const { answers, openMs } = await slowHeaders(target);
    expect([...answers]).toEqual([['408', 200]]);
    expect(openMs).toHaveLength(200);
    expect(Math.min(...openMs)).toBeGreaterThanOrEqual(50);
});

test('a slow sender that is not disconnected fails the siege', async () => {
    await using target = await openTarget({}, (_req, res) => res.end());
    await expect(slowHeaders({ ...target, cutWithinMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
});

test('an accepted long header fails the siege', async () => {
    await using target = await openTarget({ maxHeaderSize: 1_000_000 }, (_req, res) => {
        res.writeHead(200, { Connection: 'close' }).end();
    });
    await expect(longHeaders(target)).rejects.toThrow('An attacker was answered 200');
});

test('wrong tokens are counted by the status of their answers', async () => {
    let asked = 0;
    await using target = await openTarget({}, (_req, res) => {
        res.writeHead(++asked > 60 ? 429 : 401, { 'Content-Length': refused.length }).end(refused);
    });
    const { answers } = await badTokens(target);
    expect([...answers]).toEqual([
        ['401', 60],
        ['429', 40]
    ]);
});

test('an accepted wrong token fails the siege', async () => {
    await using target = await openTarget({}, (_req, res) => res.writeHead(200, { 'Content-Length': 2 }).end('{}'));
    await expect(badTokens(target)).rejects.toThrow('A wrong token was answered 200: {}');
});
