import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startJokeApi, stdioMain } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { toRequest } from '../../helpers/stateless-fixture.ts';
import { initialize, startStdio, toLegacy } from '../../helpers/stdio-process.ts';

const CLOCK = 'clock://now';

for (const [era, opening] of [
    [
        '2025',
        [
            initialize,
            toLegacy('resources/subscribe', { uri: CLOCK }, 1),
            toLegacy('tools/call', { name: 'random-joke' }, 2)
        ]
    ],
    [
        '2026',
        [
            toRequest('subscriptions/listen', { notifications: { resourceSubscriptions: [CLOCK] } }, 1),
            toRequest('tools/call', { name: 'random-joke' }, 2)
        ]
    ]
] as const) {
    test.concurrent(`in ${era}, the end of its input, SIGTERM and SIGINT end the server, which answers the call in flight first`, async () => {
        const ends = (['input', 'SIGTERM', 'SIGINT'] as const).map(async end => {
            await using api = await startJokeApi('hangs');
            await using server = startStdio({ JOKE_API_URL: api.url });
            server.send(...opening);
            await api.asked;
            if (end === 'input') server.child.stdin.end();
            else server.child.kill(end);
            // The API has three seconds, after which the tool answers without it.
            const { code, messages, stderr } = await server.ended;
            expect([end, code, stderr.split('\n').length]).toEqual([end, 0, 2]);
            expect(messages.filter(({ id }) => id === 2)).toMatchObject([
                { jsonrpc: '2.0', result: { structuredContent: { source: 'built-in' } } }
            ]);
            expect(
                messages.filter(({ method }) => method === 'notifications/resources/updated').length
            ).toBeGreaterThan(0);
            expect(messages.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
        });
        await Promise.all(ends);
    });
}

test.concurrent('a signal after the end of its input, as clients send it, ends the server with its last answer', async () => {
    await using api = await startJokeApi('hangs');
    await using server = startStdio({ JOKE_API_URL: api.url });
    server.send(initialize, toLegacy('tools/call', { name: 'random-joke' }, 1));
    await api.asked;
    server.child.stdin.end();
    server.child.kill('SIGTERM');
    const { code, messages } = await server.ended;
    expect([code, messages.length]).toEqual([0, 2]);
});

test.concurrent('a second signal ends the server at once', async () => {
    await using api = await startJokeApi('hangs');
    await using server = startStdio({ JOKE_API_URL: api.url });
    server.send(initialize, toLegacy('tools/call', { name: 'random-joke' }, 1));
    await api.asked;
    const { child, ended } = server;
    // Nothing shows that it has taken the first.
    while (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await new Promise(setImmediate);
    }
    expect(child.signalCode).toBe('SIGTERM');
    // The call in flight is given up.
    expect((await ended).messages.map(({ id }) => id)).toEqual([0]);
});

test.concurrent('a server whose client does not read the last replies exits with 1 and reports it', async () => {
    const child = spawn(process.execPath, [stdioMain], { env: { PATH: process.env.PATH } });
    let stderr = '';
    child.stderr.on('data', chunk => {
        stderr += chunk;
    });
    const call = toLegacy('tools/call', { name: 'echo', arguments: { message: 'x'.repeat(1024 ** 2) } }, 1);
    child.stdin.end(`${JSON.stringify(initialize)}\n${JSON.stringify(call)}\n`);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(stderr).toBe('The client has not read the last answers; they are lost\n');
});
