import { clientMain, openStream, runNode, send } from '@calc/test-helpers';
import { expect } from 'vitest';
import { behindNginx, openSite } from './nginx-site.ts';

const withBuffers = (configuration: string) => configuration.replace('proxy_buffering off;', 'proxy_buffering on;');

behindNginx('events arrive when they are sent, while the stream stays open', async () => {
    await using site = await openSite();
    await using stream = await openStream(`${site.url}/sse`);
    expect(stream.headers['content-type']).toBe('text/event-stream');
    expect(stream.headers['content-encoding']).toBeUndefined();
    expect(stream.endpoint.pathname).toBe('/calc/messages');
    await stream.initialize();
    for (const a of [1, 2, 3]) {
        const reply = await stream.request(a, 'tools/call', { name: 'add', arguments: { a, b: 0.5 } });
        expect(reply).toMatchObject({ result: { structuredContent: { sum: a + 0.5 } } });
    }
});

behindNginx(
    'with buffers, and without X-Accel-Buffering, nginx would delay events to the end of the stream',
    async () => {
        await using site = await openSite({}, configuration =>
            withBuffers(configuration).replace('proxy_cache off;', 'proxy_ignore_headers X-Accel-Buffering;')
        );
        let hasBegun = false;
        const opening = openStream(`${site.url}/sse`).finally(() => {
            hasBegun = true;
        });
        const openStreams = async () => JSON.parse((await send(`${site.server.url}/health`)).body).connections;
        await expect.poll(openStreams).toBe(1);
        // The server has written, and nginx does one thing after the other: what it lets through would come before these.
        for (let i = 0; i < 10; i++) expect((await send(`${site.url}/health`)).status).toBe(200);
        expect(hasBegun).toBe(false);
        await site.server.close();
        await using stream = await opening;
        expect(stream.endpoint.pathname).toBe('/calc/messages');
    }
);

behindNginx('with X-Accel-Buffering of the server alone, nginx delays no event', async () => {
    await using site = await openSite({}, withBuffers);
    await using stream = await openStream(`${site.url}/sse`);
    expect(await stream.request(1, 'ping')).toMatchObject({ id: 1, result: {} });
});

behindNginx('a silent stream gets comments', async () => {
    await using site = await openSite({ HEARTBEAT_MS: '20' });
    await using stream = await openStream(`${site.url}/sse`);
    await stream.find(frame => frame.kind === 'comment');
    await expect.poll(() => stream.frames.filter(({ kind }) => kind === 'comment').length).toBeGreaterThan(2);
});

behindNginx('GET /sse with Last-Event-ID replays what was missed', async () => {
    await using site = await openSite();
    await using first = await openStream(`${site.url}/sse`);
    await first.initialize();
    first.cut();
    expect((await first.post({ jsonrpc: '2.0', id: 'missed', method: 'ping' })).status).toBe(202);
    await using second = await first.resume();
    expect(second.sessionId).toBe(first.sessionId);
    await second.find(frame => frame.kind === 'event' && frame.data.includes('"missed"'));
    expect(await second.request('live', 'ping')).toMatchObject({ result: {} });
});

behindNginx('the server notices that a client has disconnected', async () => {
    await using site = await openSite({ RESUME_WINDOW_MS: '0' });
    await using stream = await openStream(`${site.url}/sse`);
    stream.cut();
    const statusOfPost = async () => (await stream.post({ jsonrpc: '2.0', id: 1, method: 'ping' })).status;
    await expect.poll(statusOfPost).toBe(404);
});

behindNginx('the command line client calls a tool over TLS and checks the certificate', async () => {
    await using site = await openSite();
    const { httpsPort, certificate } = site.nginx;
    const args = ['call', 'add', 'a=2', 'b=3', '--url', `https://localhost:${httpsPort}/calc/sse`];
    await using client = runNode(clientMain, args, { NODE_EXTRA_CA_CERTS: certificate });
    expect(await client.ended).toEqual({ code: 0, stdout: '5\n', stderr: '' });
});

behindNginx('Host and Origin are checked as without a proxy', async () => {
    await using site = await openSite();
    const host = `calc.example:${site.nginx.httpsPort}`;
    const statusFor = async (headers: Record<string, string>) =>
        (await send(`${site.url}/sse`, { method: 'HEAD', headers })).status;
    expect(await statusFor({ Host: host, Origin: `https://${host}` })).toBe(200);
    expect(await statusFor({ Host: host, Origin: 'https://calc.example:1' })).toBe(403);
    expect(await statusFor({ Host: host, Origin: 'https://evil.example' })).toBe(403);
    expect(await statusFor({ Host: 'evil.example' })).toBe(403);
    expect(await statusFor({ Host: 'evil.example', 'X-Forwarded-Host': 'calc.example' })).toBe(403);
});

behindNginx('the server knows that clients use HTTPS, and ignores what they claim', async () => {
    await using site = await openSite({ REQUIRE_HTTPS: 'true' });
    const claim = { 'X-Forwarded-Proto': 'http' };
    expect((await send(`${site.url}/sse`, { method: 'HEAD', headers: claim })).status).toBe(200);
});

behindNginx('clients are counted by their own addresses, not by those that they claim', async () => {
    await using site = await openSite({ RATE_LIMIT: '3/hour' });
    const status = async (n: number) =>
        (await send(`${site.url}/sse`, { method: 'HEAD', headers: { 'X-Forwarded-For': `192.0.2.${n}` } })).status;
    expect([await status(1), await status(2), await status(3), await status(4)]).toEqual([200, 200, 200, 429]);
});

behindNginx('plain HTTP is redirected to HTTPS, and the prefix without a slash to the one with it', async () => {
    await using site = await openSite();
    const plain = await send(`http://127.0.0.1:${site.nginx.httpPort}/calc/messages?sessionId=1`, {
        method: 'POST',
        headers: { Host: 'calc.example' }
    });
    expect([plain.status, plain.headers.location]).toEqual([308, 'https://calc.example/calc/messages?sessionId=1']);
    const bare = await send(site.url);
    expect([bare.status, bare.headers.location]).toEqual([301, '/calc/']);
    expect((await send(new URL('/', site.url))).status).toBe(404);
});

behindNginx('the page and its files are served', async () => {
    await using site = await openSite();
    const page = await send(`${site.url}/`);
    expect(page.status).toBe(200);
    const [, script] = /<script[^>]+src="([^"]+)"/.exec(page.body) ?? [];
    expect((await send(new URL(String(script), `${site.url}/`))).status).toBe(200);
});

behindNginx('a request without the token is refused', async () => {
    await using site = await openSite({ MCP_AUTH_TOKEN: 'sesame' });
    const refused = await send(`${site.url}/sse`);
    expect(refused).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    const authorization = { Authorization: 'Bearer sesame' };
    await using stream = await openStream(`${site.url}/sse`, authorization);
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    expect((await stream.post(ping)).status).toBe(401);
    expect((await stream.post(ping, { ...authorization, 'Content-Type': 'application/json' })).status).toBe(202);
    await stream.find(frame => frame.kind === 'event' && frame.data.includes('"result"'));
});

behindNginx('a message that is too large is refused by the server, in JSON', async () => {
    await using site = await openSite();
    await using stream = await openStream(`${site.url}/sse`);
    const refused = await stream.post({
        jsonrpc: '2.0',
        id: 1,
        method: 'ping',
        params: { text: 'x'.repeat(4_194_304) }
    });
    expect(refused.status).toBe(413);
    expect(JSON.parse(refused.body).error.code).toBe(-32600);
});
