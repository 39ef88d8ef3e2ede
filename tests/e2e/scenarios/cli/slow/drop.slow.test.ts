import { randomInt } from 'node:crypto';
import {
    clientMain,
    createGate,
    hasTerminals,
    runInTerminal,
    runNode,
    startServer,
    type TestServer
} from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';

// The command line client when the server goes away, and when it comes back.

/** A port that stays the server's own over a restart: below those that the system gives out. */
const choosePort = () => `${randomInt(20_000, 28_000)}`;

/** A joke API that is asked and never answers; the tool gives up a real one after three seconds. */
function holdJoke() {
    const { opened: begun, open } = createGate();
    const fetch = () => {
        open();
        return new Promise<Response>(() => {});
    };
    return { begun, fetch };
}

/** In milliseconds. Some twenty processes start at once, which takes a busy machine its time. */
const timeout = 60_000;

describe.concurrent.each(['sse', 'http'] as const)('over %s', { timeout }, transport => {
    const pathOf = ({ sseUrl, mcpUrl }: TestServer) => (transport === 'sse' ? sseUrl : mcpUrl);
    const args = (url: string, ...words: string[]) => [...words, '--url', url, '--transport', transport];

    test('a server that is gone for good exits with 4 at the time limit for coming back', async () => {
        const { begun, fetch } = holdJoke();
        const server = await startServer({}, { fetch });
        const url = pathOf(server);
        const limit = ['--reconnect-timeout', '1000'];
        await using watching = runNode(clientMain, args(url, 'watch', 'clock://now', ...limit));
        await using calling = runNode(clientMain, args(url, 'call', 'random-joke', ...limit));
        await Promise.all([watching.printed(/updated/), begun]);
        await server.close();
        const hint = 'it did not come back within 1000 ms; a larger --reconnect-timeout waits longer';
        for (const child of [watching, calling]) {
            expect(await child.ended).toMatchObject({ code: 4, stderr: `lost ${url}: ${hint}\n` });
        }
    });

    test('watch continues after a restart; --trace shows the drop, and a pipe does not', async () => {
        const port = choosePort();
        const first = await startServer({ PORT: port });
        const words = args(pathOf(first), 'watch', 'clock://now', '--count', '4');
        await using plain = runNode(clientMain, words);
        await using traced = runNode(clientMain, [...words, '--trace']);
        await Promise.all([plain.printed(/updated/), traced.printed(/updated/)]);
        await first.close();
        await using _second = await startServer({ PORT: port });
        expect(await plain.ended).toMatchObject({ code: 0, stderr: '' });
        const { code, stderr } = await traced.ended;
        expect(code).toBe(0);
        expect(stderr).toMatch(/ · connection dropped, back in (\d+ ms|a moment)\n/);
        expect(stderr).toMatch(/ · connection is back, in a new session\n/);
    });
});

// What a terminal shows does not depend on the transport.
describe.concurrent('on a terminal', { timeout }, () => {
    test.skipIf(!hasTerminals)('a terminal has one quiet line for the drop and one for what came of it', async () => {
        const port = choosePort();
        const first = await startServer({ PORT: port });
        const words = ['watch', 'clock://now', '--url', first.mcpUrl];
        await using client = runInTerminal(clientMain, words);
        await using quiet = runInTerminal(clientMain, [...words, '--quiet']);
        await Promise.all([client.shown(/updated/), quiet.shown(/updated/)]);
        await first.close();
        await client.shown(/connection dropped/);
        await using _second = await startServer({ PORT: port });
        await client.shown(/connection is back, in a new session[\s\S]*updated[\s\S]*updated/);
        await quiet.shown(/(updated[\s\S]*){4}/);
        for (const { type } of [client, quiet]) type('\x03');
        const { code, screen } = await client.ended;
        expect(code).toBe(130);
        expect(screen.match(/connection dropped, back in (\d+ ms|a moment)/g)).toHaveLength(1);
        expect((await quiet.ended).screen).not.toContain('connection');
    });

    test.skipIf(!hasTerminals)('Ctrl-C while the server is away ends at once with 130', async () => {
        const { begun, fetch } = holdJoke();
        const server = await startServer({}, { fetch });
        await using watching = runInTerminal(clientMain, ['watch', 'clock://now', '--url', server.mcpUrl]);
        await using calling = runInTerminal(clientMain, ['call', 'random-joke', '--url', server.mcpUrl]);
        await Promise.all([watching.shown(/updated/), begun]);
        await server.close();
        for (const client of [watching, calling]) {
            await client.shown(/connection dropped/);
            client.type('\x03');
            const { code, screen } = await client.ended;
            expect(code).toBe(130);
            expect(screen).toMatch(/interrupted\r\n$/);
        }
    });
});
