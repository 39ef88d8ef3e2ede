import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '@calc/test-helpers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { blocksOf, inThisFolder, read, root, serversOf, walkthroughs } from '../../helpers/docs.ts';
import { findFreePort } from '../../helpers/free-port.ts';

/** What `add` answers to 2 and 3 over a transport. */
async function addOver(transport: Transport): Promise<unknown> {
    const client = new Client({ name: 'walkthrough', version: '1' });
    await client.connect(transport);
    try {
        return (await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } })).content;
    } finally {
        await client.close();
    }
}

const five = [{ type: 'text', text: '5' }];
const servers = walkthroughs.flatMap(serversOf);

test('the command that the pages give to programs starts a server over stdio that adds', async () => {
    const inFiles = servers.filter(({ command }) => command === 'npm').map(({ args = [] }) => ['npm', ...args]);
    const [, added = ''] = /^claude mcp add \S+ -- (.+)$/m.exec(read('docs/walkthroughs/claude-code.md')) ?? [];
    const commands = new Set([...inFiles.map(words => words.join(' ')), added]);
    expect(inFiles).toHaveLength(2);
    expect(commands.size).toBe(1);
    const [command = '', ...args] = inThisFolder(added.split(' '));
    // A program with a window starts it in a folder of its own.
    const transport = new StdioClientTransport({ command, args, cwd: tmpdir(), stderr: 'ignore' });
    expect(await addOver(transport)).toEqual(five);
});

test('a client of the SDK connects as the files with an address say', async () => {
    const entries = servers.filter(({ url }) => url !== undefined);
    expect(entries).toHaveLength(2);
    await using server = await startServer();
    for (const { type, url = '' } of entries) {
        expect(type).toBe('sse');
        const { pathname } = new URL(url);
        expect(await addOver(new SSEClientTransport(new URL(pathname, server.url)))).toEqual(five);
    }
});

test('the pages and the files in deploy/clients name the same version of mcp-remote', () => {
    const versions = ['docs/walkthroughs/claude-desktop.md', 'deploy/clients/claude-desktop.json'].flatMap(path =>
        [...read(path).matchAll(/mcp-remote@[\d.]+/g)].map(([version]) => version)
    );
    expect(new Set(versions).size).toBe(1);
});

const hasCurl = spawnSync('curl', ['--version']).status === 0 && spawnSync('sh', ['-c', 'true']).status === 0;

test.skipIf(!hasCurl)('curl in two terminals shows what the page shows', async () => {
    const [start = '', open = '', ...rest] = blocksOf('docs/walkthroughs/curl.md', 'sh');
    const [opened = '', accepted = '', ...streamed] = blocksOf('docs/walkthroughs/curl.md', '');
    const ended = streamed.pop() ?? '';
    const messages = rest.slice(0, -1).join('\n');
    const port = await findFreePort();
    const folder = mkdtempSync(join(tmpdir(), 'mcp-calculator-'));
    const stream = join(folder, 'stream.txt');
    onTestFinished(() => rmSync(folder, { recursive: true }));

    const [program = '', ...args] = start.split(' ');
    const server = spawn(program, args, { cwd: root, env: { ...process.env, PORT: port } });
    onTestFinished(() => void server.kill());
    await once(server.stdout, 'data');
    const env = { ...process.env, NO_PROXY: 'localhost' };
    const first = spawn('sh', ['-c', toPort(open, port)], { cwd: folder, env, detached: true });
    const closed = once(first, 'close');
    const came = () => (existsSync(stream) ? readFileSync(stream, 'utf8') : '');
    await vi.waitFor(() => expect(came()).toMatch(toPattern(opened)), 20_000);

    const second = (script: string) =>
        spawnSync('sh', ['-c', toPort(script, port)], { cwd: folder, env, encoding: 'utf8' }).stdout.trim();
    expect(second(messages)).toBe(`${accepted}\n${accepted}`);
    for (const block of streamed) await vi.waitFor(() => expect(came()).toMatch(toPattern(block)), 20_000);

    if (first.pid !== undefined) process.kill(-first.pid, 'SIGINT');
    await closed;
    const definitions = rest[0] ?? '';
    // The server learns of the end of the stream a moment later than curl.
    await vi.waitFor(() => expect(second(`${definitions}\n${rest.at(-1)}`)).toBe(ended), 20_000);
});

const toPort = (script: string, port: string) => script.replaceAll(':3001', `:${port}`);

/** An ellipsis in a block stands for what differs each time. */
function toPattern(block: string): RegExp {
    const escaped = block.split('…').map(text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(escaped.join('.*?'));
}
