import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from '@calc/test-helpers';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { inTerminal, makeState, openShell, visible } from '../on-terminal.ts';

let server: TestServer;
beforeAll(async () => {
    server = await startServer();
});
afterAll(() => server.close());

describe('on a terminal', () => {
    inTerminal('help is that of the shell, and exit leaves', async () => {
        await using shell = openShell(server.mcpUrl);
        await shell.shown(/mcp> /);
        shell.type('help call\r');
        await shell.shown(/Usage: call [\s\S]*mcp> /);
        shell.type('exit\r');
        const { code, screen } = await shell.ended;
        expect(code).toBe(0);
        expect(screen).not.toContain('npm run client');
    });

    inTerminal('several lines that are pasted are run one after the other', async () => {
        await using shell = openShell(server.mcpUrl);
        await shell.shown(/mcp> /);
        shell.type('call add a=2 b=3\rcall echo message=grüße\rexit\r');
        const { screen } = await shell.ended;
        expect(visible(screen)).toMatch(/b=3\n5\n[\s\S]*message=grüße\n.*"echo":"grüße".*\n[\s\S]*exit/);
    });

    inTerminal('what is missing is asked for, and Ctrl-C at the question ends only the command', async () => {
        await using shell = openShell(server.mcpUrl);
        await shell.shown(/mcp> /);
        shell.type('call add a=2\r');
        await shell.shown(/b: The second number/);
        shell.type('3\r');
        await shell.shown(/h5\r\n/);
        shell.type('call echo\r');
        await shell.shown(/message: /);
        shell.type('\x03');
        await shell.shown(/interrupted/);
        shell.type('call add a=40 b=2\r');
        await shell.shown(/\n42\r\n/);
    });

    inTerminal('Ctrl-C ends a watch, and its subscription', async () => {
        await using shell = openShell(server.sseUrl);
        await shell.shown(/mcp> /);
        shell.type('watch clock://now\r');
        await shell.shown(/resources\/updated.* clock:\/\/now/);
        shell.type('\x03');
        await shell.shown(/interrupted\r\n/);
        shell.type('watch --for 1500\rexit\r');
        const { screen } = await shell.ended;
        expect(visible(screen)).toMatch(/watch --for 1500\nmcp> exit\n$/);
    });

    inTerminal('Ctrl-C clears the line at the prompt, and twice at an empty one leaves', async () => {
        await using shell = openShell(server.mcpUrl);
        await shell.shown(/mcp> /);
        shell.type('call nothing\x03call add a=2 b=3\r');
        await shell.shown(/\n5\r\n/);
        shell.type('\x03');
        await shell.shown(/Ctrl-C again leaves/);
        shell.type('ping\r');
        await shell.shown(/ ms\r\n/);
        shell.type('\x03\x03');
        const { code, screen } = await shell.ended;
        expect(code).toBe(0);
        expect(screen.split('Ctrl-C again leaves')).toHaveLength(3);
    });

    inTerminal('lines of one shell are there in the next one, but for credentials', async () => {
        const state = makeState();
        await using first = openShell(server.mcpUrl, state);
        await first.shown(/mcp> /);
        first.type('call add a=2 b=3\rping --bearer secret\r\x04');
        await first.ended;
        expect(readFileSync(join(state, 'mcp-calculator', 'shell-history'), 'utf8')).toBe('call add a=2 b=3\n');
        await using second = openShell(server.mcpUrl, state);
        await second.shown(/mcp> /);
        second.type('\x1b[A\r');
        await second.shown(/\n5\r\n/);
    });

    inTerminal(
        'a server that goes away ends the shell with 4 and the reason, though a line is half typed',
        async () => {
            const own = await startServer();
            await using shell = openShell(own.sseUrl, makeState(), ['--reconnect-timeout', '1000']);
            await shell.shown(/mcp> /);
            // Completed, so that no list is on its way any more.
            shell.type('call ad\t');
            await shell.shown(/call add /);
            await own.close();
            expect(await shell.ended).toMatchObject({ code: 4, screen: expect.stringMatching(/\r\nlost http/) });
        }
    );
});
