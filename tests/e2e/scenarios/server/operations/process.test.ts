import { once } from 'node:events';
import { createServer } from 'node:net';
import { openStream, runNode, send, serverMain, startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

const sseLine = /^HTTP\+SSE +(http:\S+\/sse)$/m;
const urlLine = /^HTTP\+SSE +(http:\S+)\/sse$/m;

proves(
    ['life.start', 'access.bind'],
    'on start the server prints one line for each URL, and listens on this machine only',
    async () => {
        await using server = runNode(serverMain, [], { PORT: '0' });
        const [, sseUrl] = await server.printed(sseLine);
        expect(sseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sse$/);
        await server.printed(/^Page +http:\/\/localhost:\d+\/$/m);
        await server.printed(/^Token +none required; any program on this machine can connect$/m);
        await using stream = await openStream(String(sseUrl));
        expect(stream.status).toBe(200);
    }
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    proves(['life.stop'], `${signal} ends the streams and the process`, async () => {
        await using server = runNode(serverMain, [], { PORT: '0' });
        const [, sseUrl] = await server.printed(sseLine);
        await using stream = await openStream(String(sseUrl));
        await stream.initialize();
        await stream.request(1, 'resources/subscribe', { uri: 'clock://now' });
        server.kill(signal);
        await stream.ended;
        const { code, stderr } = await server.ended;
        expect(code).toBe(0);
        const lines = stderr.trim().split('\n');
        const session = stream.sessionId.slice(0, 8);
        expect(lines.map(line => JSON.parse(line))).toEqual([
            { level: 'info', time: expect.any(String), session, transport: 'sse', msg: 'session opened' },
            { level: 'info', time: expect.any(String), msg: 'server stopping' },
            { level: 'info', time: expect.any(String), session, reason: 'drained', msg: 'session closed' },
            { level: 'info', time: expect.any(String), msg: 'server stopped' }
        ]);
    });
}

const joke = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'random-joke' } });
const readyStatus = async (url: string) => (await send(`${url}/ready`)).status;

proves(['life.second-signal'], 'a second signal ends the process immediately', async () => {
    await using api = await startJokeApi('hangs');
    await using server = runNode(serverMain, [], { PORT: '0', ...api.env });
    const [, url = ''] = await server.printed(urlLine);
    await using stream = await openStream(`${url}/sse`);
    await stream.post(joke(1));
    await api.asked;
    server.kill('SIGINT');
    await expect.poll(() => readyStatus(url)).toBe(503);
    server.kill('SIGTERM');
    // The signal ended it, it did not shut down by itself.
    expect(await server.ended).toMatchObject({ code: null });
    await stream.ended;
    expect(stream.messages()).toEqual([]);
});

proves(['life.port-taken'], 'a port in use is reported in one line that says what to do', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await using server = runNode(serverMain, [], { PORT: port });
    const { code, stderr, stdout } = await server.ended;
    squatter.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken; choose another.*\n$`));
});

proves(['access.bind', 'life.start'], 'a public HOST requires a token, unless ALLOW_UNAUTHENTICATED=true', async () => {
    await using refused = runNode(serverMain, [], { PORT: '0', HOST: '0.0.0.0' });
    await using withToken = runNode(serverMain, [], { PORT: '0', HOST: '0.0.0.0', MCP_AUTH_TOKEN: 'sesame' });
    await using wanted = runNode(serverMain, [], { PORT: '0', HOST: '0.0.0.0', ALLOW_UNAUTHENTICATED: 'true' });
    const { code, stdout, stderr } = await refused.ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
        /^HOST=0\.0\.0\.0 .*set MCP_AUTH_TOKEN, or HOST=127\.0\.0\.1, or ALLOW_UNAUTHENTICATED=true.*\n$/
    );
    const [, sseUrl] = await withToken.printed(sseLine);
    await withToken.printed(/^Token +required$/m);
    expect((await send(String(sseUrl), { method: 'HEAD' })).status).toBe(401);
    const [, openUrl] = await wanted.printed(sseLine);
    await wanted.printed(/^Token +none required; any client that reaches this address can connect$/m);
    expect((await send(String(openUrl), { method: 'HEAD' })).status).toBe(200);
});
