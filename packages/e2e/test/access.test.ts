import { networkInterfaces } from 'node:os';
import { send, startServer } from '@calc/testkit';
import { expect } from 'vitest';
import { proves } from './proves.ts';

/** What is tried on each guarded route; a guard that lets one of them pass shows another status. */
const guarded = ['/sse', '/messages', '/', '/other'];

function optionsFor(path: string, headers: Record<string, string>) {
    if (path !== '/messages') return { headers };
    return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' };
}

proves(['access.host'], 'a request for another host is refused on every route but /health', async () => {
    await using server = await startServer();
    for (const Host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost@evil']) {
        for (const path of guarded) {
            expect((await send(server.url + path, optionsFor(path, { Host }))).status, `${Host} ${path}`).toBe(403);
        }
        expect((await send(`${server.url}/health`, { headers: { Host } })).status).toBe(200);
    }
    for (const Host of ['localhost:3001', 'LOCALHOST', '127.0.0.1:80', '[::1]:3001']) {
        expect((await send(server.sseUrl, { method: 'HEAD', headers: { Host } })).status, Host).toBe(200);
    }
});

proves(['access.origin'], 'a page of another site is refused on every route but /health', async () => {
    await using server = await startServer();
    for (const Origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'file://localhost', '']) {
        for (const path of guarded) {
            expect((await send(server.url + path, optionsFor(path, { Origin }))).status, `${Origin} ${path}`).toBe(403);
        }
        expect((await send(`${server.url}/health`, { headers: { Origin } })).status).toBe(200);
    }
    for (const Origin of [server.url, 'http://localhost:6274', 'http://[::1]:5173']) {
        expect((await send(server.sseUrl, { method: 'HEAD', headers: { Origin } })).status, Origin).toBe(200);
    }
});

proves(['access.host', 'access.origin'], 'hosts and origins that are listed may come in', async () => {
    await using server = await startServer({
        ALLOWED_HOSTS: 'calc.example, other.example:8443',
        ALLOWED_ORIGINS: 'https://app.example'
    });
    const head = async (headers: Record<string, string>) =>
        (await send(server.sseUrl, { method: 'HEAD', headers })).status;
    expect(await head({ Host: 'calc.example:3001', Origin: 'https://calc.example:3001' })).toBe(200);
    expect(await head({ Host: 'other.example:8443' })).toBe(200);
    expect(await head({ Host: 'other.example' })).toBe(403);
    expect(await head({ Origin: 'https://app.example' })).toBe(200);
    expect(await head({ Origin: 'http://app.example' })).toBe(403);
});

const hasIPv6 = Object.values(networkInterfaces()).some(list => list?.some(({ address }) => address === '::1'));

proves(['access.host'], 'the server is reached at the address that it names', async ({ skip }) => {
    skip(!hasIPv6, 'this machine has no IPv6');
    await using server = await startServer({ HOST: '::FFFF:127.0.0.1', ALLOW_UNAUTHENTICATED: 'true' });
    expect(server.url).toMatch(/^http:\/\/\[::ffff:7f00:1\]:\d+$/);
    expect((await send(server.sseUrl, { method: 'HEAD' })).status).toBe(200);
});
