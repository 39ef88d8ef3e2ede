import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStream } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { holderOf, isRunning, openAtEach, runWorkers } from './run-workers.ts';

const isGone = (pid: number) => expect.poll(() => isRunning(pid)).toBe(false);

proves(['workers.stop'], 'SIGTERM ends the server in time also if a worker hangs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workers-test-'));
    await using server = await runWorkers(2, { SHUTDOWN_TIMEOUT_MS: '200', TMPDIR: folder });
    const pid = server.pidOf(1);
    process.kill(pid, 'SIGSTOP');
    server.kill('SIGTERM');
    await isGone(pid);
    const { code, stderr } = await server.ended;
    expect([code, stderr]).toEqual([
        0,
        expect.stringMatching(/"worker":1,.*a worker did not stop in time, and is killed/)
    ]);
    expect(readdirSync(folder)).toEqual([]);
    rmdirSync(folder);
});

proves(['workers.stop'], 'a second signal ends also a worker that hangs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workers-test-'));
    await using server = await runWorkers(2, { TMPDIR: folder });
    const pid = server.pidOf(1);
    process.kill(pid, 'SIGSTOP');
    server.kill('SIGTERM');
    await expect.poll(() => isRunning(server.pidOf(2))).toBe(false);
    server.kill('SIGTERM');
    await isGone(pid);
    expect(await server.ended).toMatchObject({ code: null });
    expect(readdirSync(folder)).toEqual([]);
    rmdirSync(folder);
});

proves(['workers.hangs'], 'GET /sse opens a new session if the worker of the old one hangs', async () => {
    await using server = await runWorkers(2, { RATE_LIMIT: 'off' });
    const streams = await openAtEach(2, () => openStream(`${server.url}/sse`));
    const [stream] = streams;
    const pid = server.pidOf(holderOf(stream?.sessionId ?? ''));
    process.kill(pid, 'SIGSTOP');
    const resumed = await stream?.resume();
    expect(resumed?.sessionId).not.toBe(stream?.sessionId);
    expect(await resumed?.initialize()).toMatchObject({ result: {} });
    // The system keeps 511 connections for a process that accepts none, and refuses more.
    const posts = Array.from({ length: 600 }, () => stream?.post({ jsonrpc: '2.0', id: 1, method: 'ping' }));
    const statuses = await Promise.all(posts.map(async post => (await post)?.status));
    expect(new Set(statuses)).toEqual(new Set([503]));
    process.kill(pid, 'SIGKILL');
    for (const { cut } of streams) cut();
});
