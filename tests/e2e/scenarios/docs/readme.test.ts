import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectClient, runNode, send, startServer } from '@calc/test-helpers';
import { tools } from '@calc/tools';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const PORT = '28431';

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

test("the client's example ends by itself where nobody listens, with the reason", async () => {
    await using client = runNode(writeExample(1), [], { URL: `http://127.0.0.1:${PORT}/sse` });
    const { code, stderr } = await client.ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/TransportError: cannot reach .*ECONNREFUSED/)]);
});

test('the example in the README of @calc/transport runs as it stands', async () => {
    await using server = runNode(writeExample(0), [], { PORT });
    const sseUrl = `http://127.0.0.1:${PORT}/sse`;
    const isUp = async () => (await send(sseUrl, { method: 'HEAD' }).catch(() => undefined))?.status;
    await expect.poll(isUp, { timeout: 10_000 }).toBe(200);
    await using client = await connectClient(sseUrl);
    const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    expect(content).toEqual([{ type: 'text', text: '5' }]);
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
});

test('the README names every tool in the row of its package, and no number of them is written anywhere', () => {
    const readme = readFileSync(`${root}README.md`, 'utf8');
    const [row = ''] = /^\| \[packages\/tools\].*$/m.exec(readme) ?? [];
    const [, listed = ''] = /what a server can do: ((?:`[^`]+`, )+)/.exec(row) ?? [];
    expect(listed.match(/[^`, ]+/g)).toEqual(tools.map(({ name }) => name));
    for (const file of ['README.md', 'AGENTS.md', 'docs/wire-contract.md', 'packages/tools/package.json']) {
        expect(readFileSync(root + file, 'utf8'), file).not.toMatch(/\b(two|three|four|five|six|[2-9]) tools\b/i);
    }
});
