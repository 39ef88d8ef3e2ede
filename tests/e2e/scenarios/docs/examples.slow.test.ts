import { runNode, send } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { root } from '../../helpers/docs.ts';
import { findFreePort } from '../../helpers/free-port.ts';

const NODE_OPTIONS = `--import=${import.meta.resolve('tsx')}`;

/** Runs a program of docs/moving-on.md; its process ends with the test. */
function runExample(name: string, env: Record<string, string>) {
    return runNode(`${root}docs/examples/moving-on/${name}.ts`, [], { ...env, NODE_OPTIONS });
}

test('the clients in docs/moving-on.md add two numbers with every server that they can speak to', async () => {
    const ports = [await findFreePort(), await findFreePort(), await findFreePort()] as const;
    const [oldPort, streamablePort, statelessPort] = ports;
    await using old = runExample('http-sse-server', { PORT: oldPort });
    await using streamable = runExample('streamable-http-server', { PORT: streamablePort });
    await using stateless = runExample('stateless-server', { PORT: statelessPort });
    const answers = async () => {
        const attempts = ports.map(port => send(`http://127.0.0.1:${port}/`).catch(() => undefined));
        return (await Promise.all(attempts)).map(answer => answer?.status);
    };
    await expect.poll(answers, { timeout: 45_000 }).toEqual([404, 404, 404]);

    const sum = '[{"type":"text","text":"5"}]';
    const runs: [client: string, address: string, stdout: string][] = [
        ['http-sse-client', `${oldPort}/sse`, sum],
        ['fallback-client', `${oldPort}/sse`, sum],
        ['fallback-client', `${streamablePort}/mcp`, sum],
        ['fallback-client', `${statelessPort}/mcp`, sum],
        ['stateless-client', `${streamablePort}/mcp`, `2025-11-25 ${sum}`],
        ['stateless-client', `${statelessPort}/mcp`, `2026-07-28 ${sum}`]
    ];
    const outcomes = runs.map(async ([name, address]) => {
        await using client = runExample(name, { URL: `http://127.0.0.1:${address}` });
        const { code, stdout, stderr } = await client.ended;
        return [code, stdout.trim(), stderr];
    });
    expect(await Promise.all(outcomes)).toEqual(runs.map(([, , stdout]) => [0, stdout, '']));
    for (const server of [old, streamable, stateless]) server.kill('SIGTERM');
});
