import { readFileSync } from 'node:fs';
import { clientMain, runNode, send, serverMain, startServer, stdioMain } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

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

proves(
    ['life.bad-config'],
    'each invalid variable is reported in one line, without a secret or a stack trace',
    async () => {
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
    }
);

proves(['env.empty'], 'an empty variable counts as not set', async () => {
    const empty = Object.fromEntries(rows.map(([name]) => [name, ' ']));
    await using server = await startServer({ ...empty, PORT: '0' });
    const { status, headers } = await send(server.sseUrl, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(headers['ratelimit-policy']).toBe('6000;w=60');
});

proves(['life.bad-arguments'], 'an unknown argument is an error that names the variable to use', async () => {
    for (const [args, says] of [
        [['--port', '4000'], /^The argument "--port" is not known; .* PORT=… npm start/],
        [['--mcp-auth-token=hunter2'], /^The argument "--mcp-auth-token" is not known; .* MCP_AUTH_TOKEN=… npm start/],
        [['4000'], /^The argument "4000" is not known; .* PORT=… npm start/],
        [['--workers', '2', '--host'], /^The argument "--host" is not known; .* HOST=… npm start/]
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

proves(['env.misspelt'], 'a misspelt variable is a warning that names the right one', async () => {
    const wrong = { MCP_TOKEN: 'hunter2', ALLOWED_ORIGIN: 'https://app.example', MAX_SESSION: '3', MCP_PORT: '4000' };
    await using server = runNode(serverMain, [], {
        PORT: '0',
        TRUST_PROXIES: '1',
        LOG_LEVEL: 'warn',
        TZ: 'UTC',
        ...wrong
    });
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

proves(['workers.number'], '--workers and WORKERS take a number from 1 to 64', async () => {
    const expected = 'a whole number from 1 to 64';
    for (const [args, env, says] of [
        [['--workers', '0'], {}, `--workers must be followed by ${expected}, got "0"`],
        [['--workers', 'x'], {}, `--workers must be followed by ${expected}, got "x"`],
        [['--workers=1000'], {}, `--workers must be followed by ${expected}, got "1000"`],
        [['--workers'], {}, `--workers must be followed by ${expected}`],
        [[], { WORKERS: '65' }, `WORKERS must be ${expected}, got "65"`],
        [
            [],
            { WORKERS: '2', TEACHING_FAULTS: 'true' },
            'TEACHING_FAULTS=true requires one process, which has all sessions; set WORKERS=1'
        ]
    ] as const) {
        await using server = runNode(serverMain, [...args], { PORT: '0', ...env });
        expect(await server.ended).toEqual({ code: 2, stdout: '', stderr: `${says}\n` });
    }
});
