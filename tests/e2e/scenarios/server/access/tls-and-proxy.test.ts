import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as requestPlain } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseConfig } from '@calc/sse-server';
import {
    clientMain,
    connectClient,
    hasOpenssl,
    makeCertificate,
    openStream,
    runNode,
    send,
    startServer
} from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { JSON_TYPE } from '../../../helpers/credentials.ts';

/** The server's variables for a certificate of its own, which is removed when its scope ends. */
async function makeTls() {
    const folder = await mkdtemp(join(tmpdir(), 'calc-tls-'));
    const env = { TLS_CERT: join(folder, 'tls.crt'), TLS_KEY: join(folder, 'tls.key') };
    await makeCertificate(env.TLS_CERT, env.TLS_KEY);
    const ca = await readFile(env.TLS_CERT);
    return { env, ca, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** Sends a request over TLS on a connection of its own; rejects if the certificate is not the expected one. */
async function sendTls(url: string, options: RequestOptions, body = '') {
    const outgoing = request(url, { agent: false, ...options }).end(body);
    const [answer] = await once(outgoing, 'response');
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

proves(['env.tls'], 'with a certificate the server serves HTTPS', async ({ skip }) => {
    skip(!hasOpenssl, 'openssl is not installed');
    await using certificate = await makeTls();
    await using server = await startServer({ ...certificate.env, MCP_AUTH_TOKEN: 'sesame' });
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const { ca } = certificate;
    expect((await sendTls(`${server.url}/health`, { ca })).status).toBe(200);
    await expect(sendTls(`${server.url}/health`, {})).rejects.toThrow('self-signed certificate');
    const signedIn = await sendTls(
        `${server.url}/login`,
        { ca, method: 'POST', headers: JSON_TYPE },
        '{"token":"sesame"}'
    );
    expect(signedIn.headers['set-cookie']).toEqual([expect.stringMatching(/; Secure(;|$)/)]);

    await using open = await startServer(certificate.env);
    const args = ['call', 'add', 'a=2', 'b=3', '--url', open.sseUrl];
    await using client = runNode(clientMain, args, { NODE_EXTRA_CA_CERTS: certificate.env.TLS_CERT });
    expect(await client.ended).toEqual({ code: 0, stdout: '5\n', stderr: '' });
});

proves(
    ['env.tls', 'life.time-limits'],
    'a client that never finishes the TLS handshake is disconnected',
    async ({ skip }) => {
        skip(!hasOpenssl, 'openssl is not installed');
        await using certificate = await makeTls();
        await using server = await startServer({ ...certificate.env, REQUEST_TIMEOUT_MS: '100' });
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
        expect(await text(socket)).toBe('');
    }
);

proves(['env.tls', 'life.stop'], 'an unfinished handshake does not keep the server from stopping', async ({ skip }) => {
    skip(!hasOpenssl, 'openssl is not installed');
    await using certificate = await makeTls();
    await using server = await startServer(certificate.env);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    // An answer to another means that the server has seen the first as well.
    await sendTls(`${server.url}/health`, { ca: certificate.ca });
    await server.close();
    await once(socket.resume(), 'close');
});

proves(
    ['env.tls', 'life.bad-config'],
    'a key that does not match the certificate is reported in one line',
    async ({ skip }) => {
        skip(!hasOpenssl, 'openssl is not installed');
        await using one = await makeTls();
        await using other = await makeTls();
        const parse = () => parseConfig({ TLS_CERT: one.env.TLS_CERT, TLS_KEY: other.env.TLS_KEY });
        expect(parse).toThrow(/^TLS_CERT and TLS_KEY must be a certificate and its key in PEM: .*key values mismatch$/);
    }
);

const byHttp = { Host: 'calc.example', 'X-Forwarded-Proto': 'http' };
const byHttps = { Host: 'calc.example', 'X-Forwarded-Proto': 'https' };
const strict = { REQUIRE_HTTPS: 'true', TRUST_PROXY: '1', ALLOWED_HOSTS: 'calc.example' };

proves(
    ['access.https', 'access.proxy'],
    'a request that came by HTTP according to a trusted proxy is redirected to HTTPS',
    async () => {
        await using server = await startServer(strict);
        for (const [method, path] of [
            ['GET', '/sse'],
            ['HEAD', '/sse'],
            ['POST', '/messages?sessionId=1'],
            ['GET', '/metrics'],
            ['POST', '/login'],
            ['GET', '/'],
            ['GET', '//evil.example/']
        ] as const) {
            const { status, headers } = await send(server.url + path, { method, headers: byHttp });
            expect([status, headers.location], path).toEqual([308, `https://calc.example${path}`]);
        }
        for (const scheme of ['https', 'HTTPS', 'Https, http']) {
            const headers = { ...byHttps, 'X-Forwarded-Proto': scheme };
            expect((await send(server.sseUrl, { method: 'HEAD', headers })).status, scheme).toBe(200);
        }
        // HTTPS is not spoken on the port of plain HTTP.
        const onPort = await send(server.sseUrl, { headers: { ...byHttp, Host: 'calc.example:80' } });
        expect(onPort.headers.location).toBe('https://calc.example/sse');
        // Probes come by the shortest way.
        for (const path of ['/health', '/ready']) {
            expect((await send(server.url + path, { headers: byHttp })).status, path).toBe(200);
        }
        // A redirect never leads to a host that is not served here.
        const elsewhere = await send(server.sseUrl, { headers: { ...byHttp, Host: 'evil.example' } });
        expect(elsewhere.status).toBe(403);
        const absolute = requestPlain(server.url, {
            path: 'http://evil.example/',
            headers: byHttp,
            agent: false
        }).end();
        const [answer] = await once(absolute, 'response');
        expect([answer.statusCode, answer.headers.location]).toEqual([308, 'https://calc.example/']);
        answer.destroy();
    }
);

proves(['access.https'], 'a request is redirected only if a trusted proxy says that it came by HTTP', async () => {
    await using server = await startServer(strict);
    expect((await send(server.sseUrl, { method: 'HEAD' })).status, 'past the proxy').toBe(200);
    const untrusting = startServer({ ...strict, TRUST_PROXY: 'false' });
    await expect(untrusting, 'none is trusted').rejects.toThrow(/^REQUIRE_HTTPS=true has no effect/);
    await using lenient = await startServer({ ...strict, REQUIRE_HTTPS: 'false' });
    expect((await send(lenient.sseUrl, { method: 'HEAD', headers: byHttp })).status, 'not wanted').toBe(200);
});

proves(
    ['access.https', 'env.base-path'],
    'a redirect keeps the prefix, whether or not the proxy strips it',
    async () => {
        await using server = await startServer({ ...strict, BASE_PATH: '/calc' });
        for (const path of ['/calc/sse?a=1', '/sse?a=1']) {
            const { headers } = await send(server.url + path, { headers: byHttp });
            expect(headers.location, path).toBe('https://calc.example/calc/sse?a=1');
        }
    }
);

proves(['env.base-path'], 'the server answers below BASE_PATH, and the endpoint event has the prefix', async () => {
    await using server = await startServer({ BASE_PATH: '/calc/v1' });
    await using client = await connectClient(`${server.url}/calc/v1/sse`);
    expect(await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } })).toMatchObject({
        structuredContent: { sum: 5 }
    });
    for (const path of ['/health', '/ready', '/metrics', '/', '/?a', '/login']) {
        expect((await send(`${server.url}/calc/v1${path}`)).status, path).toBe(200);
    }
    // The page's addresses are relative.
    for (const query of ['', '?a=1']) {
        const { status, headers } = await send(`${server.url}/calc/v1${query}`);
        expect([status, headers.location]).toEqual([308, `/calc/v1/${query}`]);
    }
    for (const path of ['/calc/v1sse', '/calc/v1/calc/v1/sse', '/calc/v2/sse', '/calc/V1/sse', '/calc//v1/sse']) {
        expect((await send(server.url + path)).status, path).toBe(404);
    }
});

proves(['env.base-path'], 'a proxy may strip the prefix', async () => {
    await using server = await startServer({ BASE_PATH: '/calc' });
    await using stream = await openStream(server.sseUrl);
    // What the client posts to goes by the proxy again.
    expect(stream.endpoint.pathname).toBe('/calc/messages');
    const stripped = new URL(stream.endpoint.href.replace('/calc/', '/'));
    const { status } = await send(stripped, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"jsonrpc":"2.0","id":1,"method":"ping"}'
    });
    expect(status).toBe(202);
    await stream.find(frame => frame.kind === 'event' && frame.data.includes('"result"'));
    expect(await stream.request(2, 'ping')).toMatchObject({ id: 2 });
});
