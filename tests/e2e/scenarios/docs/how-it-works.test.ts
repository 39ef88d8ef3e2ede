import { connectClient, runNode, send } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { read, root } from '../../helpers/docs.ts';
import { findFreePort } from '../../helpers/free-port.ts';

test('the minimal server lists its tool to a client of the SDK and adds two numbers', async () => {
    const PORT = await findFreePort();
    await using _server = runNode(`${root}docs/examples/minimal-server.mjs`, [], { PORT });
    const url = `http://127.0.0.1:${PORT}`;
    const answer = async () => (await send(url).catch(() => undefined))?.status;
    await expect.poll(answer).toBe(404);
    await using client = await connectClient(`${url}/sse`);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['add']);
    const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    expect(content).toEqual([{ type: 'text', text: '5' }]);
});

test('the diagrams in docs/images are what scripts/draw-diagrams.mjs draws', async () => {
    const { drawings }: { drawings: Record<string, string> } = await import(`${root}scripts/draw-diagrams.mjs`);
    expect(Object.keys(drawings).length).toBeGreaterThan(0);
    for (const [name, svg] of Object.entries(drawings)) {
        expect(read(`docs/images/${name}`), `run: node scripts/draw-diagrams.mjs (${name})`).toBe(svg);
    }
});
