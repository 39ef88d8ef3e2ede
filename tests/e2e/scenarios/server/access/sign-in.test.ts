import { openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { bearer, expectReply, expectUnauthorized, JSON_TYPE } from '../../../helpers/credentials.ts';

const TOKEN = 'a-token-of-the-test';
const withToken = { MCP_AUTH_TOKEN: `other, ${TOKEN}` };

const signIn = (url: string, token = TOKEN, headers: Record<string, string> = {}) =>
    send(`${url}/login`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify({ token }) });

/** The cookie of an answer: as a browser sends it back, and its attributes in lower case. */
function readCookie(headers: { 'set-cookie'?: string[] | undefined }) {
    const cookies = headers['set-cookie'] ?? [];
    expect(cookies).toHaveLength(1);
    const [pair = '', ...attributes] = String(cookies[0]).split('; ');
    return { cookie: { Cookie: pair }, attributes: attributes.map(attribute => attribute.toLowerCase()) };
}

proves(['access.sign-in'], 'a browser sends the token once and gets a cookie that no script can read', async () => {
    await using server = await startServer(withToken);
    const status = async (headers = {}) => JSON.parse((await send(`${server.url}/login`, { headers })).body);
    expect(await status()).toEqual({ tokenWanted: true, signedIn: false });

    const answer = await signIn(server.url);
    expect([answer.status, answer.body]).toEqual([204, '']);
    const { cookie, attributes } = readCookie(answer.headers);
    expect(attributes).toEqual(expect.arrayContaining(['httponly', 'samesite=strict', 'path=/']));
    expect(attributes).not.toContain('secure');
    expect(cookie.Cookie).not.toContain(TOKEN);
    expect(await status(cookie)).toEqual({ tokenWanted: true, signedIn: true });

    await using stream = await openStream(server.sseUrl, cookie);
    await expectReply(stream, 'by cookie', cookie);
    await expectReply(stream, 'by its token', bearer(TOKEN));
    expect((await stream.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, JSON_TYPE)).status).toBe(401);
    expect((await send(`${server.url}/metrics`, { headers: cookie })).status).toBe(200);
    await using resumed = await stream.resume();
    expect(resumed.sessionId).toBe(stream.sessionId);
});

proves(['access.sign-in'], 'signing out ends the cookie, and signing in again ends the earlier one', async () => {
    await using server = await startServer(withToken);
    const head = async (headers: Record<string, string>) => send(server.sseUrl, { method: 'HEAD', headers });
    const first = readCookie((await signIn(server.url)).headers).cookie;
    const second = readCookie((await signIn(server.url, TOKEN, first)).headers).cookie;
    expect(second).not.toEqual(first);
    expectUnauthorized(await head(first), 'the cookie before');
    expect((await head(second)).status).toBe(200);

    const answer = await send(`${server.url}/logout`, { method: 'POST', headers: second });
    expect(answer.status).toBe(204);
    expect(readCookie(answer.headers).attributes).toContain('expires=thu, 01 jan 1970 00:00:00 gmt');
    expectUnauthorized(await head(second), 'after signing out');
});

proves(['access.sign-in'], 'an expired cookie is refused', async () => {
    let now = new Date('2026-01-02T03:04:05Z');
    await using server = await startServer(withToken, { now: () => now });
    const { cookie, attributes } = readCookie((await signIn(server.url)).headers);
    expect(attributes).toContain('max-age=43200');
    now = new Date('2026-01-02T15:04:04Z');
    expect((await send(server.sseUrl, { method: 'HEAD', headers: cookie })).status).toBe(200);
    now = new Date('2026-01-02T15:04:05Z');
    expectUnauthorized(await send(server.sseUrl, { method: 'HEAD', headers: cookie }), 'twelve hours later');
});

proves(['access.sign-in-refused'], 'a wrong token or a malformed body gets no cookie', async () => {
    await using server = await startServer(withToken);
    for (const token of ['', 'wrong', `${TOKEN}x`, TOKEN.slice(0, -1), `Bearer ${TOKEN}`]) {
        const answer = await signIn(server.url, token);
        expectUnauthorized(answer, token);
        expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    const bodies = [
        '',
        '{',
        'null',
        '[]',
        '{}',
        `"${TOKEN}"`,
        '{"token":1}',
        `{"token":["${TOKEN}"]}`,
        '{"token":null}'
    ];
    for (const body of [...bodies, 'xyzzy', `{"token":"${TOKEN}","more":1}`]) {
        const answer = await send(`${server.url}/login`, { method: 'POST', headers: JSON_TYPE, body });
        expect([answer.status, JSON.parse(answer.body).error.code], body).toEqual([400, -32600]);
        expect(answer.body, body).not.toMatch(/xyzzy|a-token/);
        expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    // What a form on another site could send.
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const byForm = await send(`${server.url}/login`, { method: 'POST', headers: form, body: `token=${TOKEN}` });
    expect(byForm.status).toBe(400);
    const long = await send(`${server.url}/login`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: `"${'x'.repeat(20_000)}"`
    });
    expect(long.status).toBe(413);
    const inUrl = await send(`${server.url}/login?token=${TOKEN}`, { method: 'POST' });
    expect(inUrl.status).toBe(400);
});

proves(['access.sign-in', 'access.origin'], 'the cookie is refused for pages of other origins', async () => {
    await using server = await startServer(withToken);
    const { cookie } = readCookie((await signIn(server.url)).headers);
    await using stream = await openStream(server.sseUrl, cookie);
    const foreign = { ...cookie, Origin: 'https://evil.example' };
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    expect((await stream.post(ping, { ...JSON_TYPE, ...foreign })).status).toBe(403);
    for (const [method, path] of [
        ['GET', '/sse'],
        ['HEAD', '/sse'],
        ['GET', '/metrics'],
        ['POST', '/login'],
        ['POST', '/logout']
    ] as const) {
        const { status } = await send(server.url + path, { method, headers: foreign });
        expect(status, `${method} ${path}`).toBe(403);
    }
    await expectReply(stream, 'still signed in', cookie);
});

proves(['access.sign-in'], 'GET /login tells the page that no token is required', async () => {
    await using server = await startServer();
    const { body } = await send(`${server.url}/login`);
    expect(JSON.parse(body)).toEqual({ tokenWanted: false, signedIn: true });
});

proves(
    ['access.sign-in', 'access.proxy'],
    'the cookie is Secure if the request came by HTTPS, and its path is the prefix',
    async () => {
        await using server = await startServer({ ...withToken, TRUST_PROXY: '1', BASE_PATH: '/calc' });
        const byHttps = await signIn(`${server.url}/calc`, TOKEN, { 'X-Forwarded-Proto': 'https' });
        expect(readCookie(byHttps.headers).attributes).toEqual(expect.arrayContaining(['secure', 'path=/calc']));
        const byHttp = await signIn(`${server.url}/calc`, TOKEN, { 'X-Forwarded-Proto': 'http' });
        expect(readCookie(byHttp.headers).attributes).not.toContain('secure');
        await using untrusting = await startServer(withToken);
        const claimed = await signIn(untrusting.url, TOKEN, { 'X-Forwarded-Proto': 'https' });
        expect(readCookie(claimed.headers).attributes).not.toContain('secure');
    }
);
