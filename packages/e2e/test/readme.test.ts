import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectClient, runNode, send } from '@calc/testkit';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PORT = '28431';

test('the example in the README of @calc/sse runs as it stands', async () => {
    const readme = readFileSync(`${root}packages/sse/README.md`, 'utf8');
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(20);
    const folder = `${root}node_modules/.cache/mcp-calculator`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/readme-example.mjs`, example);

    await using server = runNode(`${folder}/readme-example.mjs`, [], { PORT });
    const sseUrl = `http://127.0.0.1:${PORT}/sse`;
    const isUp = async () => (await send(sseUrl, { method: 'HEAD' }).catch(() => undefined))?.status;
    await expect.poll(isUp, { timeout: 10_000 }).toBe(200);
    await using client = await connectClient(sseUrl);
    const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    expect(content).toEqual([{ type: 'text', text: '5' }]);
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
});
