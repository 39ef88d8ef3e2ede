import { randomInt } from 'node:crypto';
import { connect, type Io, run, runOn } from '@calc/sdk-client';
import { createGate, runNode, serverMain, startServer, type TestServer } from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';
import { runOnPipe } from '../../../helpers/run-on-pipe.ts';

// The command line client when the server goes away, and when it comes back.

/** A port that stays the server's own over a restart: below those that the system gives out. */
const choosePort = () => `${randomInt(20_000, 28_000)}`;

/** A server that a signal can kill. The server after it runs in the process of the test, which starts it sooner. */
async function startProcess(port: string) {
    const server = runNode(serverMain, [], { PORT: port, LOG_LEVEL: 'silent' });
    await server.printed(/\/sse/);
    return server;
}

/** In milliseconds, for servers that come back. */
const limit = 30_000;

// Each has a server of its own, and waits most of the time.
describe.concurrent.each(['sse', 'http'] as const)('over %s', transport => {
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
            timeoutMs: limit,
            connectTimeoutMs: limit,
            reconnectTimeoutMs: limit,
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
        await using _restarted = await startServer({ PORT: port });
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
        const updated = createGate();
        const errors: string[] = [];
        const code = run(args(pathOf(first), 'watch', 'clock://now', '--bearer', 'one'), {
            stdout: () => updated.open(),
            stderr: text => errors.push(text),
            signal: new AbortController().signal,
            readInput: async () => ''
        });
        await updated.opened;
        await first.close();
        await using second = await startServer({ PORT: port, MCP_AUTH_TOKEN: 'two' });
        expect(await code).toBe(3);
        expect(errors.join('')).toMatch(
            new RegExp(
                `^not allowed at ${pathOf(second)}: 401 Unauthorized [^\n]*the server does not accept this token\n$`
            )
        );
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
    await using _again = await startServer({ PORT: port });
    expect(await runOnPipe(connection, ['call', 'add', 'a=2', 'b=3'])).toMatchObject({ code: 0, stdout: '5\n' });
});
