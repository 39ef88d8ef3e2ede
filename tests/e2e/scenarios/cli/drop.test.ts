import { randomInt } from 'node:crypto';
import { connect, type Io, runOn } from '@calc/sdk-client';
import {
    clientMain,
    createGate,
    hasTerminals,
    runInTerminal,
    runNode,
    serverMain,
    startServer,
    type TestServer
} from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';
import { runOnPipe } from '../../helpers/run-on-pipe.ts';

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

async function startProcess(port: string) {
    const server = runNode(serverMain, [], { PORT: port, LOG_LEVEL: 'silent' });
    await server.printed(/\/sse/);
    return server;
}

/** In milliseconds. Some twenty processes start at once, which takes a busy machine its time. */
const timeout = 60_000;

// Each has a server of its own, and waits most of the time.
describe.concurrent.each(['sse', 'http'] as const)('over %s', { timeout }, transport => {
    const pathOf = ({ sseUrl, mcpUrl }: TestServer) => (transport === 'sse' ? sseUrl : mcpUrl);
    const args = (url: string, ...words: string[]) => [...words, '--url', url, '--transport', transport];

    test('a hundred calls are all answered though the server is killed and restarted among them', async () => {
        const port = choosePort();
        await using killed = await startProcess(port);
        const names: string[] = [];
        await using connection = await connect({
            url: new URL(`http://127.0.0.1:${port}/${transport === 'sse' ? 'sse' : 'mcp'}`),
            transport,
            headers: new Headers(),
            timeoutMs: timeout,
            connectTimeoutMs: timeout,
            reconnectTimeoutMs: timeout,
            trace: undefined,
            onState: ({ name }) => names.push(name),
            signal: new AbortController().signal
        });
        const middle = createGate();
        let answered = 0;
        const left = Array.from({ length: 100 }, (_, number) => `message ${number}`);
        const outcomes = new Map<string, unknown>();
        const work = async () => {
            for (let message = left.pop(); message !== undefined; message = left.pop()) {
                outcomes.set(message, await runOnPipe(connection, ['call', 'echo', `message=${message}`]));
                if (++answered === 40) middle.open();
            }
        };
        const done = Promise.all(Array.from({ length: 10 }, work));
        await middle.opened;
        killed.kill('SIGKILL');
        await killed.ended;
        await using _restarted = await startProcess(port);
        await done;
        expect(outcomes.size).toBe(100);
        for (const [message, outcome] of outcomes) {
            expect(outcome).toEqual({ code: 0, stdout: expect.stringContaining(`"${message}"`), stderr: '' });
        }
        expect(names).toContain('dropped');
        expect(names.at(-1)).toBe('renewed');
    });

    test('a token that the restarted server does not know exits with 3', async () => {
        const port = choosePort();
        const first = await startServer({ PORT: port, MCP_AUTH_TOKEN: 'one' });
        await using child = runNode(clientMain, args(pathOf(first), 'watch', 'clock://now', '--bearer', 'one'));
        await child.printed(/updated/);
        await first.close();
        await using second = await startServer({ PORT: port, MCP_AUTH_TOKEN: 'two' });
        const { code, stderr } = await child.ended;
        expect(code).toBe(3);
        expect(stderr).toMatch(
            new RegExp(
                `^not allowed at ${pathOf(second)}: 401 Unauthorized [^\n]*the server does not accept this token\n$`
            )
        );
    });

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

test('Ctrl-C ends a watch at once while the server is away, and not the connection', async () => {
    const port = choosePort();
    await using killed = await startProcess(port);
    const dropped = createGate();
    await using connection = await connect({
        url: new URL(`http://127.0.0.1:${port}/mcp`),
        transport: 'auto',
        headers: new Headers(),
        timeoutMs: 10_000,
        connectTimeoutMs: 5000,
        reconnectTimeoutMs: 10_000,
        trace: undefined,
        onState: () => dropped.open(),
        signal: new AbortController().signal
    });
    const interruption = new AbortController();
    const watched = createGate();
    const io: Io = {
        stdout: () => watched.open(),
        stderr: () => {},
        signal: interruption.signal,
        readInput: async () => ''
    };
    const code = runOn(connection, ['watch', 'clock://now'], io);
    await watched.opened;
    killed.kill('SIGKILL');
    await dropped.opened;
    interruption.abort();
    // Were it not at once, the time limit for coming back would end it with 4.
    expect(await code).toBe(130);
    await using _again = await startProcess(port);
    expect(await runOnPipe(connection, ['call', 'add', 'a=2', 'b=3'])).toMatchObject({ code: 0, stdout: '5\n' });
});
