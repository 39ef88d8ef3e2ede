import { clientMain, runInTerminal, startServer, type TestServer } from '@calc/test-helpers';
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
