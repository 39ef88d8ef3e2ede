import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { finished } from 'node:stream/promises';
import {
    clientMain,
    openStream,
    type RawStream,
    runNode,
    send,
    serverMain,
    startJokeApi,
    startServer,
    stdioMain
} from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

const sseLine = /^HTTP\+SSE +(http:\S+\/sse)$/m;
const urlLine = /^HTTP\+SSE +(http:\S+)\/sse$/m;

proves(['life.start', 'access.bind'], 'on start there is one line for each URL, on this machine only', async () => {
    await using server = runNode(serverMain, [], { PORT: '0' });
    const [, sseUrl] = await server.printed(sseLine);
    expect(sseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sse$/);
    await server.printed(/^Page +http:\/\/localhost:\d+\/$/m);
    await server.printed(/^Token +none required; any program on this machine can connect$/m);
    await using stream = await openStream(String(sseUrl));
    expect(stream.status).toBe(200);
});

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
            { level: 'info', time: expect.any(String), session, reason: 'drained', msg: 'session closed' }
        ]);
    });
}

const joke = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'random-joke' } });
const readyStatus = async (url: string) => (await send(`${url}/ready`)).status;

proves(
    ['life.stop', 'ready.draining', 'post.draining'],
    'of a hundred calls under way at SIGTERM each is answered or refused, and nothing is left listening',
    async () => {
        await using api = await startJokeApi('hangs');
        // More than the test may take, so that the process cannot end by its time limit.
        const env = { PORT: '0', JOKE_API_URL: api.url, SHUTDOWN_TIMEOUT_MS: '60000' };
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

proves(['life.stop'], 'calls that are never answered are given up when the time is over', async () => {
    await using api = await startJokeApi('hangs');
    await using server = runNode(serverMain, [], { PORT: '0', JOKE_API_URL: api.url, SHUTDOWN_TIMEOUT_MS: '300' });
    const [, url = ''] = await server.printed(urlLine);
    await using stream = await openStream(`${url}/sse`);
    await stream.post(joke(1));
    await api.asked;
    const start = performance.now();
    server.kill('SIGTERM');
    await stream.ended;
    expect(performance.now() - start).toBeGreaterThanOrEqual(300);
    expect(await server.ended).toMatchObject({ code: 0 });
    // After 3 s the tool would have answered with a built-in joke.
    expect(stream.messages()).toEqual([]);
});

proves(['life.second-signal'], 'a second signal ends the process at once', async () => {
    await using api = await startJokeApi('hangs');
    await using server = runNode(serverMain, [], { PORT: '0', JOKE_API_URL: api.url });
    const [, url = ''] = await server.printed(urlLine);
    await using stream = await openStream(`${url}/sse`);
    await stream.post(joke(1));
    await api.asked;
    server.kill('SIGINT');
    await expect.poll(() => readyStatus(url)).toBe(503);
    server.kill('SIGTERM');
    // By the signal, and not in good order.
    expect(await server.ended).toMatchObject({ code: null });
    await stream.ended;
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

proves(['life.port-taken'], 'a taken port is one line that says what to do', async () => {
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

proves(['access.bind', 'life.start'], 'a public address wants a token, unless that is what you want', async () => {
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

proves(['access.bind'], 'a server behind a proxy refuses to start without a token, in one line', async () => {
    const env = { PORT: '0', TRUST_PROXY: '1', ALLOWED_HOSTS: 'calc.example' };
    await using refused = runNode(serverMain, [], env);
    await using withToken = runNode(serverMain, [], { ...env, MCP_AUTH_TOKEN: 'sesame' });
    const { code, stdout, stderr } = await refused.ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^TRUST_PROXY=1 .*set MCP_AUTH_TOKEN, .*ALLOW_UNAUTHENTICATED=true.*\n$/);
    await withToken.printed(sseLine);
});

const page = readFileSync(new URL('../../../../../docs/configuration.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$/gm)].map(([, ...row]) => row);

proves(
    ['env.table'],
    '--help and docs/configuration.md have the same variables, defaults and meanings, in order',
    async () => {
        await using help = runNode(serverMain, ['--help'], { PORT: 'not looked at' });
        const { code, stdout, stderr } = await help.ended;
        expect([code, stderr]).toEqual([0, '']);
        const inHelp = [...stdout.matchAll(/^ {2}([A-Z_]+) {2,}(.+?) {2,}(.+)$/gm)].map(([, ...row]) => row);
        expect(inHelp.length).toBeGreaterThan(20);
        expect(rows.map(row => row.map(cell => cell?.replaceAll('`', '')))).toEqual(inHelp);
    }
);

const TOKENS = 'MCP_AUTH_TOKEN must be tokens of letters, digits and -._~+/=, separated by commas';

proves(['life.bad-config'], 'each mistake is one line, no secret and no stack trace, whatever is wrong', async () => {
    const mistakes: [env: Record<string, string>, lines: string[]][] = [
        [{ HOST: '0.0.0.0', MCP_AUTH_TOKEN: 'a secret' }, [TOKENS]],
        [
            {
                JOKE_API_URL: 'ftp://jokes',
                TLS_CERT: serverMain,
                BASE_PATH: 'calc',
                PORT: 'abc',
                MCP_AUTH_TOKEN: 'secret,'
            },
            [
                'PORT must be a whole number from 0 to 65535, got "abc"',
                'BASE_PATH must be a path such as /calc, without a slash at the end, got "calc"',
                TOKENS,
                'JOKE_API_URL must be an http or https URL, got "ftp://jokes"',
                'TLS_KEY must be set too: TLS requires both a certificate and its key'
            ]
        ]
    ];
    const runs = mistakes.map(async ([env, lines]) => {
        await using server = runNode(serverMain, [], env);
        expect(await server.ended).toEqual({ code: 2, stdout: '', stderr: `${lines.join('\n')}\n` });
    });
    await Promise.all(runs);
});

proves(['env.empty'], 'a variable that is set to nothing is not set', async () => {
    const empty = Object.fromEntries(rows.map(([name]) => [name, ' ']));
    await using server = await startServer({ ...empty, PORT: '0' });
    const { status, headers } = await send(server.sseUrl, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(headers['ratelimit-policy']).toBe('6000;w=60');
});

proves(['life.bad-arguments'], 'an argument that no server knows is an error that names the variable', async () => {
    for (const [args, says] of [
        [['--port', '4000'], /^The argument "--port" is not known; .* PORT=… npm start/],
        [['--mcp-auth-token=hunter2'], /^The argument "--mcp-auth-token" is not known; .* MCP_AUTH_TOKEN=… npm start/],
        [['4000'], /^The argument "4000" is not known; .* PORT=… npm start/]
    ] as const) {
        await using server = runNode(serverMain, [...args], { PORT: '0' });
        const { code, stdout, stderr } = await server.ended;
        expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(says)]]);
        expect(stderr).not.toMatch('hunter2');
    }
    await using help = runNode(serverMain, ['-h']);
    expect((await help.ended).stdout).toMatch(/^Serves the calculator tools/);
    await using stdio = runNode(stdioMain, ['--port', '4000']);
    const { code, stdout, stderr } = await stdio.ended;
    expect([code, stdout, stderr]).toEqual([
        2,
        '',
        expect.stringMatching(/^The argument "--port" is not known; .*\n$/)
    ]);
});

proves(['env.misspelt'], 'a variable that is nearly one of ours is a warning that names the right one', async () => {
    const wrong = { MCP_TOKEN: 'hunter2', ALLOWED_ORIGIN: 'https://app.example', MAX_SESSION: '3', MCP_PORT: '4000' };
    await using server = runNode(serverMain, [], { PORT: '0', TRUST_PROXIES: '1', TZ: 'UTC', ...wrong });
    await server.printed(/^Token /m);
    server.kill('SIGTERM');
    const { stderr } = await server.ended;
    const lines = stderr.trim().split('\n');
    expect(lines.map(line => JSON.parse(line))).toMatchObject([
        { level: 'warn', msg: 'TRUST_PROXIES is not a variable of this server; did you mean TRUST_PROXY?' },
        { msg: 'MCP_TOKEN is not a variable of this server; did you mean MCP_AUTH_TOKEN?' },
        { msg: 'ALLOWED_ORIGIN is not a variable of this server; did you mean ALLOWED_ORIGINS?' },
        { msg: 'MAX_SESSION is not a variable of this server; did you mean MAX_SESSIONS?' }
    ]);
    expect(stderr).not.toMatch('hunter2');
    await using client = runNode(clientMain, ['--help'], { MCP_TOKEN: 'hunter2' });
    expect((await client.ended).stderr).toBe(
        'MCP_TOKEN is not a variable of this client; did you mean MCP_AUTH_TOKEN?\n'
    );
    // One that does not start says so as well: the name may be why.
    await using open = runNode(serverMain, [], { HOST: '0.0.0.0', AUTH_TOKEN: 'hunter2' });
    const refused = await open.ended;
    expect([refused.code, refused.stderr.trim().split('\n')]).toEqual([
        2,
        [
            expect.stringMatching(/^HOST=0\.0\.0\.0 /),
            'AUTH_TOKEN is not a variable of this server; did you mean MCP_AUTH_TOKEN?'
        ]
    ]);
});
