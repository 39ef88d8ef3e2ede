import { type HttpAnswer, openStream, send, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { bearer, JSON_TYPE } from '../../../helpers/credentials.ts';

const APP = 'https://app.example';
const withApp = { ALLOWED_ORIGINS: APP, MCP_AUTH_TOKEN: 'sesame' };

const asList = (header: string | undefined) => (header ?? '').split(',').map(item => item.trim().toLowerCase());

function preflight(url: string, Origin: string, method: string): Promise<HttpAnswer> {
    const headers = {
        Origin,
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'authorization,content-type'
    };
    return send(url, { method: 'OPTIONS', headers });
}

proves(['access.cors'], 'a preflight accepts allowed origins only, and names the origin', async () => {
    await using server = await startServer(withApp);
    for (const [path, method] of [
        ['/sse', 'GET'],
        ['/messages', 'POST'],
        ['/metrics', 'GET'],
        ['/login', 'POST']
    ] as const) {
        for (const origin of [APP, 'http://localhost:5173', server.url]) {
            const { status, headers } = await preflight(server.url + path, origin, method);
            expect([status, headers['access-control-allow-origin']], `${path} ${origin}`).toEqual([204, origin]);
            expect(asList(headers['access-control-allow-methods'])).toContain(method.toLowerCase());
            const allowed = asList(headers['access-control-allow-headers']);
            expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type', 'last-event-id']));
            expect(asList(headers['access-control-expose-headers'])).toEqual(
                expect.arrayContaining(['mcp-session-id', 'retry-after', 'www-authenticate', 'ratelimit', 'link'])
            );
            expect(asList(headers.vary)).toContain('origin');
            // The cookie is for the page of this server alone.
            expect(headers).not.toHaveProperty('access-control-allow-credentials');
        }
        for (const origin of [
            'https://evil.example',
            'null',
            `${APP}.evil.example`,
            `${APP}:8443`,
            'http://app.example'
        ]) {
            const { status, headers } = await preflight(server.url + path, origin, method);
            expect(status, `${path} ${origin}`).toBe(403);
            expect(headers).not.toHaveProperty('access-control-allow-origin');
        }
    }
});

proves(['access.cors'], 'the page of an allowed origin may read every answer, refusals included', async () => {
    await using server = await startServer(withApp);
    const origin = { Origin: APP };
    await using stream = await openStream(server.sseUrl, { ...origin, ...bearer('sesame') });
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const answers = {
        stream,
        accepted: await stream.post(ping, { ...origin, ...JSON_TYPE, ...bearer('sesame') }),
        'wrong type': await stream.post(ping, { ...origin, ...bearer('sesame') }),
        unauthorized: await stream.post(ping, { ...origin, ...JSON_TYPE }),
        'wrong method': await send(`${server.url}/messages`, { headers: origin }),
        unknown: await send(`${server.url}/nowhere`, { headers: origin })
    };
    expect(Object.values(answers).map(({ status }) => status)).toEqual([200, 202, 415, 401, 405, 404]);
    for (const [what, { headers }] of Object.entries(answers)) {
        expect(headers['access-control-allow-origin'], what).toBe(APP);
        expect(asList(headers['access-control-expose-headers']), what).toContain('mcp-session-id');
    }
});

proves(['access.cors'], 'an answer to a request without Origin has no CORS headers', async () => {
    await using server = await startServer(withApp);
    const { headers } = await send(server.sseUrl, { method: 'HEAD', headers: bearer('sesame') });
    expect(Object.keys(headers).filter(name => name.startsWith('access-control-'))).toEqual([]);
    // A cache must not give this answer to a page of another origin.
    for (const path of ['/', '/sse', '/metrics', '/nowhere']) {
        const answer = await send(server.url + path, { method: 'HEAD', headers: bearer('sesame') });
        expect(asList(answer.headers.vary), path).toContain('origin');
    }
});

proves(
    ['access.origin', 'access.cors'],
    'origins of browser extensions and desktop apps are accepted if they are listed',
    async () => {
        const allowed = [
            'chrome-extension://abcdefghijklmnop',
            'moz-extension://0a1b-2c3d',
            'vscode-webview://0123abc',
            'tauri://localhost',
            'app://.'
        ];
        await using server = await startServer({ ALLOWED_ORIGINS: allowed.join(',') });
        const head = (Origin: string) => send(server.sseUrl, { method: 'HEAD', headers: { Origin } });
        for (const origin of allowed) {
            const { status, headers } = await head(origin);
            expect([status, headers['access-control-allow-origin']], origin).toEqual([200, origin]);
            expect((await preflight(server.mcpUrl, origin, 'POST')).status).toBe(204);
        }
        for (const origin of ['chrome-extension://other', 'tauri://evil', 'app://', 'vscode-webview://0123abc.evil']) {
            const { status, headers } = await head(origin);
            expect([status, headers['access-control-allow-origin']], origin).toEqual([403, undefined]);
        }
    }
);
