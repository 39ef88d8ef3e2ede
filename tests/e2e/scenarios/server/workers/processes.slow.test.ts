import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStream, runNode, send, serverMain, startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { isRunning, openAtEach, runWorkers } from './run-workers.ts';

const joke = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'random-joke' } };

proves(['life.port-taken'], 'a port in use is reported once by a server of several workers', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await using server = runNode(serverMain, ['--workers', '3'], { PORT: port });
    const { code, stderr, stdout } = await server.ended;
    squatter.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken; choose another.*\n$`));
});

proves(['workers.private'], 'the sockets of the workers are private, and are removed at the end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workers-test-'));
    try {
        for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
            await using server = await runWorkers(2, { TMPDIR: folder });
            const [name = ''] = readdirSync(folder);
            expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700);
            const sockets = readdirSync(join(folder, name));
            expect(sockets.toSorted()).toEqual(['1', '2']);
            for (const socket of sockets) expect(statSync(join(folder, name, socket)).mode & 0o777).toBe(0o600);
            const pids = [1, 2].map(server.pidOf);
            server.kill(signal);
            await server.ended;
            await expect.poll(() => pids.filter(isRunning)).toEqual([]);
            expect(readdirSync(folder)).toEqual([]);
        }
    } finally {
        rmSync(folder, { recursive: true });
    }
});

proves(['workers.private'], 'workers make their private sockets again if something removes the folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workers-test-'));
    try {
        await using server = await runWorkers(2, { TMPDIR: folder });
        const streams = await openAtEach(2, () => openStream(`${server.url}/sse`));
        const [name = ''] = readdirSync(folder);
        rmSync(join(folder, name), { recursive: true });
        const statuses = new Set<number>();
        const post = async () => {
            const posts = [...streams, ...streams, ...streams, ...streams].map(stream =>
                stream.post({ jsonrpc: '2.0', method: 'notifications/test' })
            );
            const answers = await Promise.all(posts);
            for (const { status } of answers) statuses.add(status);
            return answers.every(({ status }) => status === 202);
        };
        await expect.poll(() => existsSync(join(folder, name)) && post()).toBe(true);
        // No client was sent away from its session.
        expect([...statuses].filter(status => status !== 202 && status !== 503)).toEqual([]);
        expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700);
        process.kill(server.pidOf(1), 'SIGKILL');
        await expect.poll(() => server.started).toEqual([1, 2, 3]);
        for (const { cut } of streams) cut();
        server.kill('SIGTERM');
        await server.ended;
        expect(readdirSync(folder)).toEqual([]);
    } finally {
        rmSync(folder, { recursive: true });
    }
});

proves(['workers.stop'], 'a second signal ends all workers at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workers-test-'));
    await using api = await startJokeApi('hangs');
    await using server = await runWorkers(2, { ...api.env, TMPDIR: folder });
    await using stream = await openStream(`${server.url}/sse`);
    await stream.post(joke);
    await api.asked;
    const pids = [1, 2].map(server.pidOf);
    server.kill('SIGINT');
    await expect.poll(async () => (await send(`${server.url}/ready`)).status).toBe(503);
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: null });
    await stream.ended;
    await expect.poll(() => pids.filter(isRunning)).toEqual([]);
    expect(stream.messages()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    rmdirSync(folder);
});

proves(['workers.stop'], 'SIGTERM to one worker answers its calls, and another worker takes its place', async () => {
    await using api = await startJokeApi('hangs');
    await using server = await runWorkers(2, api.env);
    await using stream = await openStream(`${server.url}/sse`);
    await stream.post(joke);
    await api.asked;
    process.kill(server.pidOf(Number(stream.sessionId.at(-1))), 'SIGTERM');
    await server.logged(/./);
    api.answer();
    await stream.ended;
    expect(stream.messages()).toMatchObject([{ id: 1, result: {} }]);
    await expect.poll(() => server.started).toEqual([1, 2, 3]);
});
