import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { openStream, runNode, startJokeApi } from '@calc/testkit';
import { expect } from 'vitest';
import { proves } from './proves.ts';

const main = fileURLToPath(new URL('../../../apps/sse-server/dist/main.js', import.meta.url));
const sseLine = /^MCP over SSE +(http:\S+\/sse)$/m;

proves(['life.start', 'access.bind'], 'on start there is one line for each URL, on this machine only', async () => {
    await using server = runNode(main, [], { PORT: '0' });
    const [, sseUrl] = await server.printed(sseLine);
    expect(sseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sse$/);
    await server.printed(/^Page +http:\/\/localhost:\d+\/$/m);
    await using stream = await openStream(String(sseUrl));
    expect(stream.status).toBe(200);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    proves(['life.stop'], `${signal} ends the streams and the process`, async () => {
        await using server = runNode(main, [], { PORT: '0' });
        const [, sseUrl] = await server.printed(sseLine);
        await using stream = await openStream(String(sseUrl));
        await stream.initialize();
        await stream.request(1, 'resources/subscribe', { uri: 'clock://now' });
        server.kill(signal);
        await stream.ended;
        expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
    });
}

proves(['life.stop', 'post.draining'], 'calls in flight are answered before the streams end', async () => {
    await using api = await startJokeApi('hangs');
    await using server = runNode(main, [], { PORT: '0', JOKE_API_URL: api.url });
    const [, sseUrl] = await server.printed(sseLine);
    await using stream = await openStream(String(sseUrl));
    const joke = stream.request(1, 'tools/call', { name: 'random-joke' });
    await api.asked;
    server.kill('SIGTERM');
    const statusOfPost = async () => (await stream.post({ jsonrpc: '2.0', id: 2, method: 'ping' })).status;
    await expect.poll(statusOfPost).toBe(503);
    await expect(openStream(String(sseUrl))).rejects.toThrow('503');
    const refused = await stream.post({ jsonrpc: '2.0', id: 3, method: 'ping' });
    expect(refused.headers['retry-after']).toBe('5');
    expect(JSON.parse(refused.body).error.code).toBe(-32000);
    api.answer();
    expect(await joke).toMatchObject({ id: 1, result: { structuredContent: { joke: api.joke, source: 'api' } } });
    await stream.ended;
    expect(await server.ended).toMatchObject({ code: 0 });
});

proves(['life.stop'], 'calls that take too long are given up', async () => {
    await using api = await startJokeApi('hangs');
    await using server = runNode(main, [], { PORT: '0', JOKE_API_URL: api.url, SHUTDOWN_TIMEOUT_MS: '50' });
    const [, sseUrl] = await server.printed(sseLine);
    await using stream = await openStream(String(sseUrl));
    await stream.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'random-joke' } });
    await api.asked;
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
});

proves(['life.stop'], 'a server started by npm ends with npm', async () => {
    // As npm does it: the server is the child of a shell, which does not pass signals on.
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${main}"; true`], {
        env: { PATH: process.env.PATH, PORT: '0', npm_lifecycle_event: 'start' },
        stdio: ['ignore', 'pipe', 'inherit']
    });
    const [line] = await once(shell.stdout, 'data');
    expect(String(line)).toMatch('Page');
    shell.kill('SIGTERM');
    // The pipe ends when the last process that holds it has ended.
    await finished(shell.stdout.resume());
});

proves(['life.port-taken'], 'a taken port is one line that says what to do', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await using server = runNode(main, [], { PORT: port });
    const { code, stderr, stdout } = await server.ended;
    squatter.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken; choose another.*\n$`));
});

proves(['life.bad-config'], 'every bad variable is one line, with what was expected', async () => {
    await using server = runNode(main, [], {
        PORT: 'abc',
        JOKE_API_URL: 'ftp://jokes',
        ALLOWED_ORIGINS: 'example.com'
    });
    const { code, stderr, stdout } = await server.ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toEqual([
        'PORT must be a whole number from 0 to 65535, got "abc"',
        expect.stringMatching(/^ALLOWED_ORIGINS must be origins .*, got "example.com"$/),
        'JOKE_API_URL must be an http or https URL, got "ftp://jokes"'
    ]);
});

proves(['access.bind'], 'a public address is refused unless that is what you want', async () => {
    await using refused = runNode(main, [], { PORT: '0', HOST: '0.0.0.0' });
    expect(await refused.ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/^HOST=0\.0\.0\.0 .*\n$/) });
    await using wanted = runNode(main, [], { PORT: '0', HOST: '0.0.0.0', ALLOW_UNAUTHENTICATED: 'true' });
    await wanted.printed(sseLine);
});
