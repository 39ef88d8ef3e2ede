import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { connectClient, runNode, send, startServer } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { pages, read, root } from '../../helpers/docs.ts';
import { findFreePort } from '../../helpers/free-port.ts';

/** Writes an example of that README to a file that node can run, counting from 0. */
function writeExample(number: number): string {
    const readme = readFileSync(`${root}packages/transport/README.md`, 'utf8');
    const [, example = ''] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)][number] ?? [];
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(20);
    const folder = `${root}node_modules/.cache/mcp-calculator`;
    mkdirSync(folder, { recursive: true });
    const file = `${folder}/readme-example-${number}.mjs`;
    writeFileSync(file, example);
    return file;
}

test("the client's example in the README of @calc/transport runs as it stands, and its process ends by itself", async () => {
    await using server = await startServer();
    await using client = runNode(writeExample(1), [], { URL: server.sseUrl });
    expect(await client.ended).toEqual({
        code: 0,
        stdout: '[{"type":"text","text":"5"}]\n',
        stderr: 'connecting\nopen\nclosed\n'
    });
});

test("the client's example ends by itself with the reason if no server listens", async () => {
    const url = `http://127.0.0.1:${await findFreePort()}/sse`;
    await using client = runNode(writeExample(1), [], { URL: url });
    const { code, stderr } = await client.ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/TransportError: cannot reach .*ECONNREFUSED/)]);
});

test('the example in the README of @calc/transport runs as it stands', async () => {
    const PORT = await findFreePort();
    await using server = runNode(writeExample(0), [], { PORT });
    const sseUrl = `http://127.0.0.1:${PORT}/sse`;
    const isUp = async () => (await send(sseUrl, { method: 'HEAD' }).catch(() => undefined))?.status;
    await expect.poll(isUp).toBe(200);
    await using client = await connectClient(sseUrl);
    const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    expect(content).toEqual([{ type: 'text', text: '5' }]);
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
});

test('the number of tools is written nowhere', () => {
    for (const file of [...pages, 'packages/tools/package.json']) {
        expect(read(file), file).not.toMatch(/\b(two|three|four|five|six|[2-9]) tools\b/i);
    }
});

test('the README is short, and its curl commands open a stream, post a call and get the reply on the stream', async () => {
    await using server = await startServer();
    const readme = read('README.md');
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(90);
    const file = join(mkdtempSync(join(tmpdir(), 'readme-')), 'stream.txt');
    const [openStream = '', postCall = ''] = [...readme.matchAll(/^```sh\n([^`]*curl [^`]*)^```$/gm)].map(
        ([, block = '']) => block.replaceAll('http://localhost:3001', server.url).replaceAll('/tmp/stream.txt', file)
    );
    const stream = spawn('bash', ['-c', openStream], { stdio: 'ignore', detached: true });
    try {
        const received = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
        await expect.poll(received).toMatch(/^data: \/messages\?sessionId=/m);
        const { stdout } = await promisify(execFile)('bash', ['-c', postCall]);
        expect(stdout).toMatch(/^HTTP\/1\.1 202 Accepted/);
        await expect.poll(received).toContain('{"result":{"content":[{"type":"text","text":"5"}]');
    } finally {
        // The whole pipe.
        process.kill(-Number(stream.pid));
        rmSync(dirname(file), { recursive: true });
    }
});
