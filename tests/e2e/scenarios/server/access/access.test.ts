import { networkInterfaces } from 'node:os';
import { send, sendRaw, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

/** What is tried on each guarded route; a guard that lets one of them pass shows another status. */
const guarded = ['/sse', '/messages', '/metrics', '/login', '/', '/other'];
const unguarded = ['/health', '/ready'];

function optionsFor(path: string, headers: Record<string, string>) {
    if (path !== '/messages') return { headers };
    return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' };
}

proves(['access.host'], 'a request for another host is refused on every route but the probes', async () => {
    await using server = await startServer();
    for (const Host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost@evil']) {
        for (const path of guarded) {
            expect((await send(server.url + path, optionsFor(path, { Host }))).status, `${Host} ${path}`).toBe(403);
        }
        for (const path of unguarded) expect((await send(server.url + path, { headers: { Host } })).status).toBe(200);
    }
    for (const Host of ['localhost:3001', 'LOCALHOST', 'localhost.', 'Localhost.:443', '127.0.0.1:80', '[::1]:3001']) {
        expect((await send(server.sseUrl, { method: 'HEAD', headers: { Host } })).status, Host).toBe(200);
    }
});

proves(
    ['access.host'],
    'a request with two Host headers is 400, and two credentials count as no credential',
    async () => {
        await using server = await startServer({ MCP_AUTH_TOKEN: 'sesame' });
        const ask = async (...headers: string[]) => {
            const lines = ['HEAD /sse HTTP/1.1', 'Connection: close', ...headers, '', ''];
            return (await sendRaw(server.url, lines.join('\r\n'))).slice(0, 12);
        };
        const good = ['Host: localhost', 'Authorization: Bearer sesame'];
        expect(await ask(...good)).toBe('HTTP/1.1 200');
        expect(await ask(...good, 'Host: evil.example')).toBe('HTTP/1.1 400');
        expect(await ask('Host: evil.example', ...good)).toBe('HTTP/1.1 400');
        expect(await ask(...good, 'Host: localhost')).toBe('HTTP/1.1 400');
        expect(await ask(...good, 'Authorization: Bearer other')).toBe('HTTP/1.1 401');
        expect(await ask(...good, 'Origin: http://localhost', 'Origin: https://evil.example')).toBe('HTTP/1.1 403');
    }
);

proves(['access.origin'], 'a page of another site is refused on every route but the probes', async () => {
    await using server = await startServer();
    for (const Origin of [
        'https://evil.example',
        'null',
        'http://localhost.evil.example',
        'http://localhost://evil.example',
        'http://localhost:3001:80',
        'http://localhost@evil.example',
        'http://evil.example/http://localhost',
        'constructor://localhost',
        'file://localhost',
        'file://',
        ''
    ]) {
        for (const path of guarded) {
            expect((await send(server.url + path, optionsFor(path, { Origin }))).status, `${Origin} ${path}`).toBe(403);
        }
        for (const path of unguarded) expect((await send(server.url + path, { headers: { Origin } })).status).toBe(200);
    }
    for (const Origin of [server.url, 'http://localhost:6274', 'http://[::1]:5173']) {
        expect((await send(server.sseUrl, { method: 'HEAD', headers: { Origin } })).status, Origin).toBe(200);
    }
});

proves(['access.origin'], 'requests of another site without Origin, such as images, are refused', async () => {
    await using server = await startServer({ ALLOWED_ORIGINS: 'https://app.example' });
    const crossSite = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };
    const { status } = await send(server.sseUrl, { headers: crossSite });
    expect([status, JSON.parse((await send(`${server.url}/health`)).body).connections]).toEqual([403, 0]);
    for (const path of ['/messages', '/metrics']) {
        expect((await send(server.url + path, optionsFor(path, crossSite))).status, path).toBe(403);
    }
    const allowed = { ...crossSite, Origin: 'https://app.example' };
    expect((await send(server.sseUrl, { method: 'HEAD', headers: allowed })).status).toBe(200);
    expect((await send(server.sseUrl, { method: 'HEAD', headers: { 'Sec-Fetch-Site': 'same-origin' } })).status).toBe(
        200
    );
    expect((await send(server.url, { headers: { ...crossSite, 'Sec-Fetch-Mode': 'navigate' } })).status).toBe(200);
});

proves(
    ['access.host', 'access.origin'],
    'hosts and origins of ALLOWED_HOSTS and ALLOWED_ORIGINS are accepted',
    async () => {
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
    }
);

proves(
    ['access.host', 'access.origin'],
    'letter case, a default port and a final dot do not change a host or origin',
    async () => {
        await using server = await startServer({
            ALLOWED_HOSTS: 'Calc.Example, tls.example:443, bücher.example.',
            ALLOWED_ORIGINS: 'https://App.Example:443',
            ALLOW_UNAUTHENTICATED: 'true'
        });
        const head = async (Host: string, Origin?: string) =>
            (await send(server.sseUrl, { method: 'HEAD', headers: { Host, ...(Origin && { Origin }) } })).status;
        for (const [host, origin] of [
            ['calc.example:443', 'https://calc.example'],
            ['calc.example', 'https://calc.example:443'],
            ['calc.example:80', 'http://calc.example'],
            ['CALC.example.', 'https://Calc.Example'],
            ['tls.example', 'https://tls.example'],
            ['tls.example:443', 'https://tls.example'],
            ['xn--bcher-kva.example', undefined],
            ['calc.example', 'https://APP.example']
        ] as const) {
            expect(await head(host, origin), `${host} ${origin}`).toBe(200);
        }
        for (const [host, origin] of [
            ['calc.example:443', 'http://calc.example'],
            ['calc.example:8443', 'https://calc.example'],
            ['calc.example', 'https://calc.example:8443'],
            ['tls.example:8443', undefined],
            ['calc.example..', undefined],
            ['calc.example:99999', undefined],
            ['calc.example', 'http://app.example'],
            ['calc.example', 'app://calc.example']
        ] as const) {
            expect(await head(host, origin), `${host} ${origin}`).toBe(403);
        }
    }
);

const hasIPv6 = Object.values(networkInterfaces()).some(list => list?.some(({ address }) => address === '::1'));

proves(['access.host'], 'requests to the address that the server prints are accepted', async ({ skip }) => {
    skip(!hasIPv6, 'this machine has no IPv6');
    await using server = await startServer({ HOST: '::FFFF:127.0.0.1', ALLOW_UNAUTHENTICATED: 'true' });
    expect(server.url).toMatch(/^http:\/\/\[::ffff:7f00:1\]:\d+$/);
    expect((await send(server.sseUrl, { method: 'HEAD' })).status).toBe(200);
});

proves(
    ['access.page-headers'],
    'the Content-Security-Policy of the page allows no files of other origins and no frames',
    async () => {
        await using server = await startServer();
        const { headers } = await send(`${server.url}/`);
        const policy = String(headers['content-security-policy']).split(';');
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("script-src 'self'");
        // People show other servers in it too.
        expect(policy).toContain("connect-src 'self' http: https:");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).toContain("base-uri 'none'");
        const loads = policy.filter(directive => !directive.startsWith('connect-src '));
        expect(loads.join()).not.toMatch(/unsafe|\*|https?:|data:/);
        expect(headers).toMatchObject({
            'x-content-type-options': 'nosniff',
            'x-frame-options': 'SAMEORIGIN',
            'referrer-policy': 'no-referrer',
            'cross-origin-opener-policy': 'same-origin',
            'cross-origin-resource-policy': 'same-origin'
        });
        // Where plain HTTP is served, a browser must not be told to keep away from it.
        expect(headers).not.toHaveProperty('strict-transport-security');
        await using strict = await startServer({ REQUIRE_HTTPS: 'true', TRUST_PROXY: '1' });
        const page = await send(`${strict.url}/`, { headers: { 'X-Forwarded-Proto': 'https' } });
        expect(page.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    }
);
