import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientMain, runNode, serveHttp, startServer, type TestServer } from '@calc/test-helpers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '../../helpers/run-here.ts';

// Where the client finds a server and a token: files of other clients, options and the environment.

let server: TestServer;
beforeAll(async () => {
    server = await startServer();
});
afterAll(() => server.close());

async function client(args: string[], env: Record<string, string> = {}) {
    await using child = runNode(clientMain, args, env);
    return await child.ended;
}

describe('settings of other clients, as deploy/clients has them', () => {
    /** The file, with this server in the place of the one it names. */
    async function settings(name: string, mcpUrl = server.mcpUrl) {
        const folder = await mkdtemp(join(tmpdir(), 'settings-'));
        const original = await readFile(new URL(`../../../../deploy/clients/${name}.json`, import.meta.url), 'utf8');
        const path = join(folder, `${name}.json`);
        await writeFile(path, original.replace(/https?:\/\/[^/"]+(\/calc)?\/mcp/g, mcpUrl));
        return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
    }

    test.each(['claude-code', 'cursor', 'vscode'])('%s names the server', async name => {
        await using file = await settings(name);
        const { code, stdout } = await runHere(['info', '--json', '--config', file.path, '--server', 'calculator']);
        expect(code).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ url: server.mcpUrl, transport: 'http' });
    });

    test.each(['claude-code', 'cursor'])('%s takes the token from the environment', async name => {
        await using guarded = await startServer({ MCP_AUTH_TOKEN: 'right-token' });
        await using file = await settings(name, guarded.mcpUrl);
        const args = ['tools', '--config', file.path, '--server', 'calculator-remote'];
        expect(await client(args, { MCP_AUTH_TOKEN: 'right-token' })).toMatchObject({ code: 0, stderr: '' });
        expect(await client(args, { MCP_AUTH_TOKEN: 'wrong-token' })).toMatchObject({ code: 3, stdout: '' });
    });

    test('what only VS Code can ask for is named, and --bearer takes its place', async () => {
        await using guarded = await startServer({ MCP_AUTH_TOKEN: 'right-token' });
        await using file = await settings('vscode', guarded.mcpUrl);
        const args = ['tools', '--config', file.path, '--server', 'calculator-remote'];
        expect((await runHere(args)).stderr).toMatch(
            /requires \$\{input:calculator-token\}, for which only VS Code can ask/
        );
        expect(await runHere([...args, '--bearer', 'right-token'])).toMatchObject({ code: 0, stderr: '' });
    });

    test('an entry that starts a program is refused, with the URL that it leads to', async () => {
        await using file = await settings('claude-desktop');
        const { code, stderr } = await runHere(['ping', '--config', file.path, '--server', 'calculator']);
        expect(code).toBe(1);
        expect(stderr).toContain(
            `connects to URLs only; the program connects to a URL, so try --url ${server.mcpUrl}\n`
        );
    });

    test('without --server the servers of the file are named', async () => {
        await using file = await settings('cursor');
        const { code, stderr } = await runHere(['ping', '--config', file.path]);
        const names = 'choose one with --server: calculator, calculator-remote';
        expect({ code, stderr }).toEqual({ code: 1, stderr: `${file.path} has several servers; ${names}\n` });
    });
});

test('tokens are shown neither in errors nor by --trace, even where the server repeats them', async () => {
    await using parrot = await serveHttp((req, res) => {
        const message = `I do not know ${req.headers.authorization} with ${req.headers['x-key']}`;
        const body = JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message } });
        res.writeHead(401, { 'content-type': 'application/json' }).end(body);
    });
    const secrets = ['--bearer', 'very-secret', '--header', 'X-Key: another "secret"', '--trace'];
    for (const format of [[], ['--json']]) {
        const { code, stdout, stderr } = await runHere([
            'tools',
            '--url',
            `${parrot.url}/?key=third-secret`,
            ...secrets,
            ...format
        ]);
        expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
        expect(stderr).toContain('I do not know *** with ***');
        expect(stderr).not.toContain('secret');
    }
});
