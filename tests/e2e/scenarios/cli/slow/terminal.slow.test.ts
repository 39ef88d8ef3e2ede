import { clientMain, runInTerminal, startJokeApi, startServer, type TestServer } from '@calc/test-helpers';
import { afterAll, beforeAll, expect } from 'vitest';
import { inTerminal, visible } from '../on-terminal.ts';

// What the client does where people look on: asks, shows progress, colours, and keeps to the width.

let server: TestServer;
beforeAll(async () => {
    server = await startServer();
});
afterAll(() => server.close());

const onTerminal = (args: string[], options: Parameters<typeof runInTerminal>[2] = {}) =>
    runInTerminal(clientMain, [...args, '--url', server.mcpUrl], options);

inTerminal('arguments that are missing are asked for, and asked for again when they will not do', async () => {
    await using client = onTerminal(['call', 'add', 'a=2']);
    await client.shown(/b: The second number/);
    client.type('three\r');
    await client.shown(/b must be a number, got "three"/);
    client.type('\x7f\x7f\x7f\x7f\x7f3\r');
    const { code, screen } = await client.ended;
    expect(code).toBe(0);
    expect(visible(screen)).toMatch(/^5\n/m);
});

inTerminal('progress is shown on a line that is gone at the end; not with --quiet', async () => {
    await using api = await startJokeApi('answers');
    await using jokes = await startServer(api.env);
    const args = ['call', 'random-joke', '--url', jokes.mcpUrl];
    await using client = runInTerminal(clientMain, args);
    const { code, screen } = await client.ended;
    expect(code).toBe(0);
    expect(screen).toContain('[##########----------] 1/2 Asking the joke API');
    expect(screen.split('\x1b[2K').at(-1)).toBe(`${api.joke}\r\n`);
    await using quiet = runInTerminal(clientMain, [...args, '--quiet']);
    expect((await quiet.ended).screen).toBe(`${api.joke}\r\n`);
});

inTerminal('Ctrl-C cancels a call and exits with 130', async () => {
    await using api = await startJokeApi('hangs');
    await using jokes = await startServer(api.env);
    await using client = runInTerminal(clientMain, ['call', 'random-joke', '--url', jokes.sseUrl]);
    await api.asked;
    client.type('\x03');
    expect(await client.ended).toMatchObject({ code: 130, screen: expect.stringMatching(/interrupted\r\n$/) });
    await expect.poll(() => api.left, { interval: 5 }).toBe(1);
});

inTerminal('control characters that a server sends are shown, not obeyed; a pipe gets them as they are', async () => {
    const text = 'red\x1b[31m title\x1b]0;mine\x07 \u009b2J';
    const args = ['call', 'echo', `message=${text}`];
    await using client = onTerminal(args);
    const { screen } = await client.ended;
    expect(screen).not.toMatch(/[^\P{Cc}\r\n]/u);
    await using raw = onTerminal([...args, '--json']);
    expect((await raw.ended).screen).not.toMatch(/[^\P{Cc}\r\n]/u);
});

inTerminal('Ctrl-C at a question exits with 130', async () => {
    await using client = onTerminal(['call', 'add']);
    await client.shown(/a: The first number/);
    client.type('\x03');
    expect(await client.ended).toMatchObject({ code: 130, screen: expect.stringContaining('interrupted') });
});

inTerminal('Ctrl-C while standard input is being typed exits with 130', async () => {
    await using client = onTerminal(['call', 'echo', 'message=-', '--trace']);
    await client.shown(/result #1/);
    client.type('half a line\x03');
    expect(await client.ended).toMatchObject({ code: 130, screen: expect.stringContaining('interrupted') });
});

inTerminal('nothing is asked with --quiet or --json', async () => {
    for (const option of ['--quiet', '--json']) {
        await using client = onTerminal(['call', 'add', option]);
        expect(await client.ended).toMatchObject({ code: 1, screen: expect.stringContaining('add needs a and b') });
    }
});

inTerminal('a narrow terminal has no line that is too long', async () => {
    for (const command of [['tools'], ['info'], ['resources']]) {
        await using client = onTerminal(command, { columns: 40 });
        const { code, screen } = await client.ended;
        expect(code).toBe(0);
        const long = visible(screen)
            .split('\n')
            .filter(line => line.length > 40);
        expect(long).toEqual([]);
    }
});

inTerminal('colour is for terminals, unless NO_COLOR or FORCE_COLOR say otherwise', async () => {
    const colored = async (env: Record<string, string>, suffix = '') => {
        await using client = onTerminal(['tools'], { env, suffix });
        return (await client.ended).screen.includes('\x1b[1m');
    };
    expect(await colored({})).toBe(true);
    expect(await colored({ NO_COLOR: '1' })).toBe(false);
    expect(await colored({ TERM: 'dumb' })).toBe(false);
    expect(await colored({}, '| cat')).toBe(false);
    expect(await colored({ FORCE_COLOR: '1' }, '| cat')).toBe(true);
});
