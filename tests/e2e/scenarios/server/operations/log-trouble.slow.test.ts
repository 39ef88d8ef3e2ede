import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { runNode, send, sendRaw, serverMain } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect, test } from 'vitest';

// Logs that cannot be written: the server continues without them, and stops when it is told to. And logs of a flood.

const FULL_DISK = '/dev/full';
/** Each leaves a line in the log; as many as may be sent ahead. */
const REFUSED = 'GET /refused HTTP/1.1\r\nHost: evil.example\r\n\r\n'.repeat(90);
const LAST = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

async function withServer(stderr: 'pipe' | number, format: string, run: (url: string) => Promise<void>): Promise<void> {
    const server = spawn(process.execPath, [serverMain], {
        env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_FORMAT: format },
        stdio: ['ignore', 'pipe', stderr]
    });
    try {
        const url = await findUrl(server);
        await run(url);
        expect((await send(`${url}/health`)).status).toBe(200);
        const exit = once(server, 'exit');
        server.kill('SIGTERM');
        expect(await exit).toEqual([0, null]);
    } finally {
        server.kill('SIGKILL');
    }
}

async function findUrl({ stdout }: ChildProcess): Promise<string> {
    if (!stdout) throw new Error('its standard output is not a pipe');
    for await (const line of createInterface({ input: stdout })) {
        const [, url] = /^HTTP\+SSE +(\S+)\/sse$/.exec(line) ?? [];
        if (url) return url;
    }
    throw new Error('it did not start');
}

for (const format of ['json', 'pretty']) {
    test.skipIf(!existsSync(FULL_DISK))(`the server continues if the disk of its log is full (${format})`, async () => {
        await withServer(openSync(FULL_DISK, 'w'), format, async url => {
            for (let round = 0; round < 3; round++) await sendRaw(url, REFUSED + LAST);
        });
    });

    test(`the server continues if no process reads its log (${format})`, async () => {
        await withServer('pipe', format, async url => {
            // More than a pipe takes.
            for (let round = 0; round < 20; round++) await sendRaw(url, REFUSED + LAST);
        });
    });
}

proves(['env.log-refusals'], 'of a flood of refused requests, 1,000 a minute are logged', async () => {
    await using server = runNode(serverMain, [], { PORT: '0' });
    const [, url = ''] = await server.printed(/^HTTP\+SSE +(http:\S+)\/sse$/m);
    const requests = 'GET /no HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(49);
    const last = 'GET /no HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    for (let sent = 0; sent < 1200; sent += 50) await sendRaw(url, requests + last);
    server.kill('SIGTERM');
    const { stderr } = await server.ended;
    expect(stderr.match(/"request refused"/g)).toHaveLength(1000);
});
