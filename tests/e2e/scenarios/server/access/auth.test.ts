import { openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport, type SSEClientTransportOptions } from '@modelcontextprotocol/sdk/client/sse.js';
import { expect, vi } from 'vitest';
import { bearer, expectReply, expectUnauthorized, JSON_TYPE, protectedRequests } from '../../../helpers/credentials.ts';

const FIRST = 'first-token.of_the~test+/==';
const SECOND = 'second-token';
const withTokens = { MCP_AUTH_TOKEN: `${FIRST}, ${SECOND}` };

const noCredential: Record<string, Record<string, string>> = {
    'no header': {},
    'an empty header': { Authorization: '' },
    'a scheme alone': { Authorization: 'Bearer' },
    'an empty token': { Authorization: 'Bearer ' },
    'a wrong token': bearer('wrong-token'),
    'another scheme': { Authorization: `Token ${FIRST}` },
    'basic credentials': { Authorization: `Basic ${Buffer.from(`user:${FIRST}`).toString('base64')}` },
    'no scheme': { Authorization: FIRST },
    'no space': { Authorization: `Bearer${FIRST}` },
    'a comma for a space': { Authorization: `Bearer,${FIRST}` },
    'the beginning of a token': bearer(SECOND.slice(0, -1)),
    'a character more': bearer(`${SECOND}x`),
    'other capitals': bearer(SECOND.toUpperCase()),
    'quotation marks': bearer(`"${SECOND}"`),
    'both tokens': bearer(`${FIRST}, ${SECOND}`),
    'the same token twice': bearer(`${SECOND} ${SECOND}`),
    'a header of its own': { 'X-Api-Key': SECOND, Token: SECOND },
    'an unknown cookie': { Cookie: `calc_sign_in=${SECOND}; token=${SECOND}` },
    'a cookie and a wrong token': { Cookie: 'calc_sign_in=', ...bearer('wrong-token') }
};

proves(['access.token'], 'a request without a valid token is refused on every protected route', async () => {
    await using server = await startServer(withTokens);
    for (const [what, credential] of Object.entries(noCredential)) {
        for (const { path, method, headers, ...options } of protectedRequests) {
            const answer = await send(server.url + path, {
                method: String(method),
                headers: { ...headers, ...credential },
                ...options
            });
            expectUnauthorized(answer, `${method} ${path} with ${what}`);
            expect(answer.body).not.toContain(SECOND);
        }
    }
});

proves(['access.token'], 'each of several tokens is accepted, and Bearer in any letter case', async () => {
    await using server = await startServer(withTokens);
    for (const Authorization of [
        `Bearer ${FIRST}`,
        `Bearer ${SECOND}`,
        `bearer ${SECOND}`,
        `BEARER ${FIRST}`,
        `Bearer  ${SECOND}`,
        `Bearer ${SECOND} `
    ]) {
        const headers = { Authorization };
        await using stream = await openStream(server.sseUrl, headers);
        await expectReply(stream, 'ping', headers);
        expect((await send(server.sseUrl, { method: 'HEAD', headers })).status, Authorization).toBe(200);
        expect((await send(`${server.url}/metrics`, { headers })).status, Authorization).toBe(200);
    }
});

proves(
    ['access.token-time'],
    'the time of a comparison depends neither on the given token nor on its place in the list',
    async ({ onTestFinished }) => {
        const lengths: number[] = [];
        // A server of modules of its own, which see what this test puts in the place of node's.
        vi.resetModules();
        vi.doMock('node:crypto', async importOriginal => {
            const crypto = await importOriginal<typeof import('node:crypto')>();
            const timingSafeEqual: typeof crypto.timingSafeEqual = (a, b) => {
                lengths.push(a.byteLength, b.byteLength);
                return crypto.timingSafeEqual(a, b);
            };
            return { ...crypto, timingSafeEqual };
        });
        onTestFinished(() => {
            vi.doUnmock('node:crypto');
            vi.resetModules();
        });
        const watched = await import('@calc/test-helpers');
        await using server = await watched.startServer({ MCP_AUTH_TOKEN: 'first,second-token,third' });
        // Digests of one size; both sides, three tokens.
        const everyTokenOnce = Array(6).fill(32);
        for (const token of ['first', 'second-token', 'third', 'wrong', 's', 'second-toke', 'x'.repeat(5000)]) {
            lengths.length = 0;
            await send(server.sseUrl, { method: 'HEAD', headers: bearer(token) });
            expect(lengths, token).toEqual(everyTokenOnce);
        }
    }
);

proves(['access.token-url'], 'a token in the URL is ignored', async () => {
    await using server = await startServer(withTokens);
    for (const name of ['token', 'access_token', 'MCP_AUTH_TOKEN', 'Authorization', 'key']) {
        for (const { path, ...options } of protectedRequests) {
            const url = `${server.url}${path}${path.includes('?') ? '&' : '?'}${name}=${SECOND}`;
            expectUnauthorized(await send(url, options), `${options.method} ${path} with ${name}`);
        }
    }
});

proves(
    ['access.session-owner', 'post.unknown-session'],
    'a session belongs to the credential that opened it',
    async () => {
        await using server = await startServer(withTokens);
        await using stream = await openStream(server.sseUrl, bearer(FIRST));
        const ping = { jsonrpc: '2.0', id: 'stranger', method: 'ping' };
        const refused = await stream.post(ping, { ...JSON_TYPE, ...bearer(SECOND) });
        expect(refused.status).toBe(404);
        expect(JSON.parse(refused.body).error).toEqual({ code: -32001, message: 'Session not found' });
        expectUnauthorized(await stream.post(ping), 'a stranger');

        await using fresh = await stream.resume(bearer(SECOND));
        expect(fresh.sessionId).not.toBe(stream.sessionId);
        await expectReply(stream, 'mine still', bearer(FIRST));
        await using resumed = await stream.resume();
        expect(resumed.sessionId).toBe(stream.sessionId);
        expect([...stream.messages(), ...fresh.messages()].map(({ id }) => id)).toEqual(['mine still']);
    }
);

proves(['access.open'], '/health, /ready, the page and /login require no token', async () => {
    await using server = await startServer(withTokens);
    for (const path of ['/health', '/ready', '/', '/login', '/favicon.svg']) {
        expect((await send(server.url + path)).status, path).not.toBe(401);
    }
    for (const path of ['/health', '/ready', '/', '/login']) {
        expect((await send(server.url + path)).status, path).toBe(200);
    }
});

proves(['access.token'], 'the SDK’s client connects with the token in its headers, and not without it', async () => {
    await using server = await startServer(withTokens);
    const connect = async (options?: SSEClientTransportOptions) => {
        const client = new Client({ name: 'test client', version: '1' });
        await client.connect(new SSEClientTransport(new URL(server.sseUrl), options));
        const { structuredContent } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
        await client.close();
        return structuredContent;
    };
    const requestInit = { headers: bearer(SECOND) };
    expect(await connect({ requestInit })).toEqual({ sum: 5 });
    // For those who set the headers of the two requests apart.
    const eventSourceInit = {
        fetch: (url: string | URL, init: RequestInit = {}) => {
            const headers = new Headers(init.headers);
            headers.set('Authorization', `bearer ${SECOND}`);
            return fetch(url, { ...init, headers });
        }
    };
    expect(await connect({ requestInit, eventSourceInit })).toEqual({ sum: 5 });
    await expect(connect()).rejects.toThrow('401');
    await expect(connect({ requestInit: { headers: bearer('wrong') } })).rejects.toThrow('401');
});
