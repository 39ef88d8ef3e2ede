import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { clientMain, runNode, send, serveHttp, startServer, type TestServer } from '@calc/test-helpers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '../../helpers/run-here.ts';

// The client against the real server: as it is built, where its process is what is tested, and otherwise in this process.

let server: TestServer;
beforeAll(async () => {
    server = await startServer({ JOKE_API_URL: 'http://127.0.0.1:9/' });
});
afterAll(() => server.close());

async function client(args: string[], env: Record<string, string> = {}, input = '') {
    await using child = runNode(clientMain, args, env, input);
    return await child.ended;
}

const local = (...args: string[]) => runHere([...args, '--url', server.mcpUrl]);

test('every example in the help works', async () => {
    const names = commandsOf((await runHere(['--help'])).stdout);
    expect(names).toContain('call');
    const helps = await Promise.all(names.map(name => runHere([name, '--help'])));
    const lists = helps.map(({ stdout }) => examplesOf(stdout));
    expect(lists.map(list => list.length > 0)).toEqual(names.map(() => true));
    const outcomes = lists.flat().map(async line => {
        const [command = '', isRedirected] = line.split(' < ');
        const args = toWords(command).map(word => word.replace('http://127.0.0.1:3001', server.url));
        if (!args.includes('--url')) args.push('--url', server.mcpUrl);
        // What a person would type, or have written into the file.
        const input = isRedirected || args[0] === 'shell' ? ['tools', 'call add a=2 b=3'] : [];
        expect(await runHere(args, input), line).toMatchObject({
            code: 0,
            stderr: '',
            stdout: expect.stringMatching(/./)
        });
    });
    await Promise.all(outcomes);
});

function commandsOf(help: string): string[] {
    const [list = ''] = (help.split('\nCommands:\n')[1] ?? '').split('\n\n');
    return [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name).filter(name => name !== 'help');
}

function examplesOf(help: string): string[] {
    return [...help.matchAll(/^ {2}npm run client -- (.+)$/gm)].map(([, line = '']) => line);
}

/** The words of a command line, as a shell would split it. */
function toWords(line: string): string[] {
    return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
        word.replace(/'([^']*)'|"([^"]*)"/g, (_whole, single, double) => single ?? double)
    );
}

/** What a failure looks like to a script, with and without --json. */
async function expectFailure(args: string[], url: string, failure: { code: number; error: string; says: RegExp }) {
    const { code, error, says } = failure;
    const spoken = await runHere([...args, '--url', url]);
    expect(spoken).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) });
    expect(spoken.stderr).toMatch(says);
    const json = await runHere([...args, '--json', '--url', url]);
    expect(json).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) });
    const parsed = JSON.parse(json.stderr);
    expect(parsed).toEqual({ error: { code: error, message: expect.stringMatching(says), exitCode: code } });
}

describe('a failure has its exit code, an empty stdout and one line on stderr', () => {
    test('wrong type of an argument', () =>
        expectFailure(['call', 'add', 'a=two', 'b=3'], server.mcpUrl, {
            code: 1,
            error: 'usage',
            says: /^a must be a number, got "two"$/m
        }));

    test('unknown tool', async () => {
        const says = /there is no tool named "sub"; the server has add, echo/;
        await expectFailure(['call', 'sub'], server.mcpUrl, { code: 1, error: 'usage', says });
        // The process ends with the same code.
        const stderr = expect.stringMatching(says);
        expect(await client(['call', 'sub'], { MCP_URL: server.mcpUrl })).toEqual({ code: 1, stdout: '', stderr });
    });

    test('a server that cannot be reached', async () => {
        await using gone = await serveHttp(() => {});
        await gone[Symbol.asyncDispose]();
        await expectFailure(['tools'], gone.url, { code: 4, error: 'unreachable', says: /connection refused/ });
    });

    test('a missing token, on either transport', async () => {
        await using guarded = await startServer({ MCP_AUTH_TOKEN: 'right-token' });
        for (const url of [guarded.mcpUrl, guarded.sseUrl]) {
            await expectFailure(['tools'], url, { code: 3, error: 'auth', says: /401 .*--bearer/ });
        }
    });

    test('a tool that fails', () =>
        expectFailure(['call', 'server_time', 'timezone=Nowhere'], server.mcpUrl, {
            code: 5,
            error: 'tool-error',
            says: /Nowhere/
        }));

    test('an error of the protocol', () =>
        expectFailure(['read', 'joke://built-in/99'], server.mcpUrl, {
            code: 5,
            error: 'tool-error',
            says: /resources\/read failed: .*-32002/
        }));
});

test('arguments come from standard input and from files', async () => {
    const env = { MCP_URL: server.mcpUrl };
    expect(await client(['call', 'add', '--args', '-'], env, '{"a": 2, "b": 3}')).toMatchObject({
        code: 0,
        stdout: '5\n'
    });
    const { stdout } = await client(['call', 'echo', 'message=-', '--json'], env, 'two\nlines\n');
    expect(JSON.parse(stdout).structuredContent.echo).toBe('two\nlines\n');
});

/** How many sessions of Streamable HTTP were opened, and how many were ended by their clients. */
async function countSessions(): Promise<number[]> {
    const { body } = await send(`${server.url}/metrics`);
    const samples = [
        'mcp_sessions_total{event="opened",transport="streamable-http"}',
        'mcp_sessions_closed_total{reason="deleted"}'
    ];
    return samples.map(name =>
        Number(
            body
                .split('\n')
                .find(line => line.startsWith(`${name} `))
                ?.split(' ')
                .at(-1) ?? 0
        )
    );
}

describe('--transport auto', () => {
    test('takes Streamable HTTP where there is one, and ends its session', async () => {
        const [opened = 0, ended = 0] = await countSessions();
        const { stdout } = await local('info', '--json');
        expect(JSON.parse(stdout)).toMatchObject({ transport: 'http', protocolVersion: '2025-11-25' });
        expect(await countSessions()).toEqual([opened + 1, ended + 1]);
    });

    test('falls back to HTTP+SSE where there is no other; --trace says what that cost', async () => {
        const before = await countSessions();
        const { code, stdout, stderr } = await runHere(['info', '--json', '--trace', '--url', server.sseUrl]);
        expect(code).toBe(0);
        expect(await countSessions()).toEqual(before);
        expect(JSON.parse(stdout)).toMatchObject({ transport: 'sse', protocolVersion: '2025-11-25' });
        const lines = stderr.replace(/^ *[\d.]+ ms /gm, '').split('\n');
        expect(lines.slice(0, 4)).toEqual([
            `→ POST ${server.sseUrl} 165 B initialize #0`,
            expect.stringMatching(/^← 405 application\/json \d+ B \([\d.]+ ms\) error -32600$/),
            expect.stringMatching(/^· 405 to a POST: falls back to HTTP\+SSE, which cost [\d.]+ ms$/),
            `→ GET ${server.sseUrl}`
        ]);
    });
});

test('--trace shows each event and each POST on stderr, and leaves stdout as it is', async () => {
    const { code, stdout, stderr } = await local('call', 'add', 'a=2', 'b=3', '--trace');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '5\n' });
    expect(stderr).toMatch(/^ +[\d.]+ ms → POST \S+\/mcp \d+ B tools\/call #2$/m);
    expect(stderr).toMatch(/^ +[\d.]+ ms ← 200 application\/json \d+ B \([\d.]+ ms\) result #2$/m);
    expect(stderr).toMatch(/^ +[\d.]+ ms → DELETE \S+\/mcp$/m);
});

test('a closed stderr does not shorten the answer', async () => {
    const args = ['call', 'add', 'a=2', 'b=3', '--trace', '--url', server.mcpUrl];
    const child = spawn(process.execPath, [clientMain, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.destroy();
    const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '5\n' });
});

test('watch ends after --count notifications and unsubscribes', async () => {
    const { code, stdout } = await local('watch', 'clock://now', '--count', '1', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
        time: expect.any(String),
        method: 'notifications/resources/updated',
        params: { uri: 'clock://now' }
    });
});

test('watch continues until Ctrl-C', async () => {
    await using child = runNode(clientMain, ['watch', 'clock://now', '--url', server.mcpUrl]);
    await child.printed(/updated clock:\/\/now\n.*updated clock:\/\/now\n/);
    child.kill('SIGINT');
    expect(await child.ended).toMatchObject({ code: 130, stderr: 'interrupted\n' });
});
