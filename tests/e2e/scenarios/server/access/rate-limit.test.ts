import { type HttpAnswer, openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { bearer, expectUnauthorized, JSON_TYPE } from '../../../helpers/credentials.ts';

type Headers = Record<string, string>;

const head = async (url: string, headers: Headers = {}) => (await send(url, { method: 'HEAD', headers })).status;
const from = (address: string): Headers => ({ 'X-Forwarded-For': address });

function expectTooMany({ status, headers, body }: HttpAnswer): void {
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(3590);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(3600);
    expect(headers.ratelimit).toMatch(/^limit=3, remaining=0, reset=3[56]\d\d$/);
    expect(headers['ratelimit-policy']).toBe('3;w=3600');
    expect(JSON.parse(body)).toMatchObject({ jsonrpc: '2.0', error: { code: -32000 }, id: null });
}

proves(['access.rate', 'post.rate-limit'], 'a request over RATE_LIMIT is 429 with Retry-After', async () => {
    await using server = await startServer({ RATE_LIMIT: '3/hour' });
    await using stream = await openStream(server.sseUrl);
    expect(stream.headers.ratelimit).toMatch(/^limit=3, remaining=2, reset=3[56]\d\d$/);
    const post = (id: number) => stream.post({ jsonrpc: '2.0', id, method: 'ping' });
    expect([(await post(1)).status, (await post(2)).status]).toEqual([202, 202]);
    expectTooMany(await post(3));
    expectTooMany(await send(server.sseUrl));
    expectTooMany(await send(`${server.url}/metrics`));
    // The session lives on, and the probes are for everybody.
    await stream.find(frame => frame.kind === 'event' && frame.data.includes('"id":2'));
    for (const path of ['/health', '/ready', '/']) expect((await send(server.url + path)).status).toBe(200);
});

proves(['access.rate'], 'each token has its own limit, from any address', async () => {
    await using server = await startServer({ RATE_LIMIT: '3/hour', MCP_AUTH_TOKEN: 'first,second', TRUST_PROXY: '1' });
    for (const n of [1, 2, 3]) {
        expect(await head(server.sseUrl, { ...bearer('first'), ...from(`192.0.2.${n}`) })).toBe(200);
    }
    expect(await head(server.sseUrl, { ...bearer('first'), ...from('192.0.2.4') })).toBe(429);
    expect(await head(server.sseUrl, { ...bearer('second'), ...from('192.0.2.1') })).toBe(200);
    const body = '{"token":"first"}';
    const { headers } = await send(`${server.url}/login`, { method: 'POST', headers: JSON_TYPE, body });
    const [cookie = ''] = String(headers['set-cookie']).split(';');
    expect(await head(server.sseUrl, { Cookie: cookie }), 'the same token by its cookie').toBe(429);
});

proves(['access.rate'], 'guesses of tokens are limited by address, on /login too', async () => {
    await using server = await startServer({ RATE_LIMIT: '3/hour', MCP_AUTH_TOKEN: 'sesame' });
    const signIn = (token: string) =>
        send(`${server.url}/login`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ token }) });
    expectUnauthorized(await send(server.sseUrl, { headers: bearer('a') }), 'a');
    expectUnauthorized(await send(server.sseUrl, { headers: bearer('b') }), 'b');
    expectUnauthorized(await signIn('c'), 'c');
    expectTooMany(await signIn('sesame'));
    expectTooMany(await send(server.sseUrl, { headers: bearer('d') }));
    expect(await head(server.sseUrl, bearer('sesame')), 'who knows the token is not kept out').toBe(200);
});

proves(['access.rate', 'access.proxy'], 'without a trusted proxy a client cannot claim another address', async () => {
    await using server = await startServer({ RATE_LIMIT: '3/hour' });
    const statuses = [];
    for (const n of [1, 2, 3, 4]) {
        const claim = { ...from(`192.0.2.${n}`), Forwarded: `for=192.0.2.${n}`, 'X-Real-IP': `192.0.2.${n}` };
        statuses.push(await head(server.sseUrl, claim));
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
});

proves(
    ['access.rate', 'access.proxy'],
    'addresses in X-Forwarded-For are believed for the number of trusted proxies',
    async () => {
        for (const [TRUST_PROXY, chain] of [
            ['1', (client: string, claim: string) => `${claim}, ${client}`],
            ['2', (client: string, claim: string) => `${claim}, ${client}, 203.0.113.1`]
        ] as const) {
            await using server = await startServer({ RATE_LIMIT: '2/hour', TRUST_PROXY });
            const statuses = [];
            for (const [client, claim] of [
                ['192.0.2.1', '198.51.100.1'],
                ['192.0.2.1', '198.51.100.2'],
                ['192.0.2.1', '198.51.100.3'],
                ['192.0.2.2', '198.51.100.3'],
                // Of IPv6 a household has a whole network.
                ['2001:db8::1', '198.51.100.4'],
                ['2001:db8::2', '198.51.100.4'],
                ['2001:db8::3', '198.51.100.4'],
                ['2001:db8:1::3', '198.51.100.4']
            ] as const) {
                statuses.push(await head(server.sseUrl, from(chain(client, claim))));
            }
            expect(statuses, TRUST_PROXY).toEqual([200, 200, 429, 200, 200, 200, 429, 200]);
        }
    }
);

proves(['access.rate'], 'RATE_LIMIT=off accepts any number of requests', async () => {
    await using server = await startServer({ RATE_LIMIT: 'off' });
    const { status, headers } = await send(server.sseUrl, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(Object.keys(headers).filter(name => name.startsWith('ratelimit'))).toEqual([]);
});

proves(['access.rate', 'access.proxy'], 'an address with a port in X-Forwarded-For is the same address', async () => {
    await using server = await startServer({ RATE_LIMIT: '2/hour', TRUST_PROXY: '1' });
    for (const address of ['192.0.2.1', '[2001:db8::1]']) {
        expect(await head(server.sseUrl, from(`${address}:1001`))).toBe(200);
        expect(await head(server.sseUrl, from(`${address}:1002`))).toBe(200);
        expect(await head(server.sseUrl, from(`${address}:1003`)), address).toBe(429);
    }
    expect(await head(server.sseUrl, from('192.0.2.1')), 'without one').toBe(429);
    expect(await head(server.sseUrl, from('2001:db8::1')), 'without one').toBe(429);
});
