import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { openStream, type RawStream, runNode, send, serverMain, startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

const urlLine = /^HTTP\+SSE +(http:\S+)\/sse$/m;

const joke = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'random-joke' } });
const readyStatus = async (url: string) => (await send(`${url}/ready`)).status;

proves(
    ['life.stop', 'ready.draining', 'post.draining'],
    'each of a hundred calls in flight at SIGTERM is answered or refused, and the port is closed',
    async () => {
        await using api = await startJokeApi('hangs');
        // More than the test may take, so that the process cannot end by its time limit.
        const env = { PORT: '0', ...api.env, SHUTDOWN_TIMEOUT_MS: '60000' };
        await using server = runNode(serverMain, [], env);
        const [, url = ''] = await server.printed(urlLine);
        expect(await readyStatus(url)).toBe(200);
        const streams = await Promise.all(Array.from({ length: 4 }, () => openStream(`${url}/sse`)));
        const posts = streams.flatMap(stream =>
            Array.from({ length: 25 }, async (_, id) => ({ stream, id, answer: await stream.post(joke(id)) }))
        );
        await api.asked;
        server.kill('SIGTERM');
        await expect.poll(() => readyStatus(url)).toBe(503);
        expect(JSON.parse((await send(`${url}/ready`)).body)).toEqual({ status: 'draining' });
        const fresh = await send(`${url}/sse`);
        expect([fresh.status, fresh.headers['retry-after']]).toEqual([503, '5']);
        const late = await streams[0]?.post(joke(100));
        expect([late?.status, late?.headers['retry-after']]).toEqual([503, '5']);
        expect(JSON.parse(String(late?.body))).toMatchObject({ error: { code: -32000 } });
        expect((await send(`${url}/health`)).status).toBe(200);

        const sent = await Promise.all(posts);
        const accepted = sent.filter(({ answer }) => answer.status === 202);
        expect(accepted.length).toBeGreaterThan(0);
        for (const { answer } of sent) {
            if (answer.status !== 202) expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
        }
        await expect.poll(() => api.hanging, { interval: 5 }).toBe(accepted.length);
        api.answer();
        await Promise.all(streams.map(({ ended }) => ended));
        const answered = (stream: RawStream) => stream.messages().map(({ id }) => Number(id));
        for (const stream of streams) {
            const ids = accepted.filter(call => call.stream === stream).map(({ id }) => id);
            expect(answered(stream).sort((a, b) => a - b)).toEqual(ids);
            for (const message of stream.messages()) {
                expect(message).toMatchObject({ result: { structuredContent: { source: 'api' } } });
            }
        }
        const { code, stderr } = await server.ended;
        expect(code).toBe(0);
        await expect(send(`${url}/health`)).rejects.toThrow('ECONNREFUSED');
        // The log is whole to its last line.
        expect(stderr.match(/tool called/g)).toHaveLength(accepted.length);
        expect(stderr.match(/session closed/g)).toHaveLength(streams.length);
    }
);

proves(['life.stop'], 'calls that are never answered are aborted after SHUTDOWN_TIMEOUT_MS', async () => {
    await using api = await startJokeApi('hangs');
    await using server = runNode(serverMain, [], { PORT: '0', ...api.env, SHUTDOWN_TIMEOUT_MS: '300' });
    const [, url = ''] = await server.printed(urlLine);
    await using stream = await openStream(`${url}/sse`);
    await stream.post(joke(1));
    await api.asked;
    const start = performance.now();
    server.kill('SIGTERM');
    await stream.ended;
    expect(performance.now() - start).toBeGreaterThanOrEqual(300);
    expect(await server.ended).toMatchObject({ code: 0 });
    expect(stream.messages()).toEqual([]);
});

proves(['life.stop'], 'a server started by npm ends with npm', async () => {
    // As npm does it: the server is the child of a shell, which does not pass signals on.
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${serverMain}"; true`], {
        env: { PATH: process.env.PATH, PORT: '0', npm_lifecycle_event: 'start' },
        stdio: ['ignore', 'pipe', 'inherit']
    });
    const [line] = await once(shell.stdout, 'data');
    expect(String(line)).toMatch('Page');
    shell.kill('SIGTERM');
    // The pipe ends when the last process that holds it has ended.
    await finished(shell.stdout.resume());
});

proves(['access.bind'], 'a server behind a proxy refuses to start without a token, in one line', async () => {
    const env = { PORT: '0', TRUST_PROXY: '1', ALLOWED_HOSTS: 'calc.example' };
    await using refused = runNode(serverMain, [], env);
    await using withToken = runNode(serverMain, [], { ...env, MCP_AUTH_TOKEN: 'sesame' });
    const { code, stdout, stderr } = await refused.ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^TRUST_PROXY=1 .*set MCP_AUTH_TOKEN, .*ALLOW_UNAUTHENTICATED=true.*\n$/);
    await withToken.printed(urlLine);
});
