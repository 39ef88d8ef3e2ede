import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CompleteRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { run } from '../../src/cli.ts';
import { startMcpServer } from '../helpers/mcp-server.ts';

// Notifications that come while the user types.

const state = mkdtempSync(join(tmpdir(), 'state-'));
beforeAll(() => void vi.stubEnv('XDG_STATE_HOME', state));
afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(state, { recursive: true });
});

/** A shell whose terminal is in this process. */
function openShell(url: string) {
    const input = new PassThrough();
    const output = Object.assign(new PassThrough(), { columns: 40 });
    let screen = '';
    const write = (text: string | Uint8Array) => void output.write(text);
    output.setEncoding('utf8').on('data', text => {
        screen += text;
    });
    const code = run(['shell', '--url', url], {
        stdout: write,
        stderr: write,
        signal: new AbortController().signal,
        readInput: async () => '',
        out: { isTerminal: true, color: false, columns: 40 },
        terminal: { input, output }
    });
    return {
        type: (keys: string) => void input.write(keys),
        shown: (pattern: RegExp) => expect.poll(() => screen, { interval: 5 }).toMatch(pattern),
        screen: () => screen,
        code
    };
}

function startTalkative(register: (server: McpServer) => void = () => {}) {
    let server: McpServer | undefined;
    const started = startMcpServer(session => {
        session.server.registerCapabilities({ logging: {}, tools: { listChanged: true }, completions: {} });
        server = session;
        register(session);
    });
    return { started, session: () => server as McpServer };
}

test('a log message is printed above the prompt without control characters, and the typed line stays', async () => {
    const { started, session } = startTalkative();
    await using server = await started;
    const shell = openShell(server.url);
    await shell.shown(/mcp> /);
    const long = 'this line is longer than the terminal is wide';
    shell.type(`call nothing a="${long}`);
    await shell.shown(/is wide/);
    await session().server.sendLoggingMessage({ level: 'warning', data: 'hot\u001b[2J\nstuff' });
    await shell.shown(/notifications\/message warning hot \[2J stuff\n/);
    // Cursor up to the row of the prompt, to its beginning, all erased; and the whole line drawn again below.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(shell.screen()).toMatch(/\x1b\[1A\x1b\[1G\x1b\[0J[\d:.]+ notifications\/message/);
    expect(shell.screen().split('hot')[1]).toContain(`mcp> call nothing a="${long}`);
    shell.type('"\x03\x04');
    expect(await shell.code).toBe(0);
});

test('tools that come later are completed once the server has said so', async () => {
    const { started, session } = startTalkative(
        server => void server.registerTool('early', {}, () => ({ content: [] }))
    );
    await using server = await started;
    const shell = openShell(server.url);
    await shell.shown(/mcp> /);
    shell.type('call e\t');
    await shell.shown(/call early /);
    shell.type('\x03call l\t');
    session().registerTool('late', {}, () => ({ content: [{ type: 'text', text: 'better than never' }] }));
    await shell.shown(/tools\/list_changed/);
    shell.type('\t');
    await shell.shown(/\[12Gate /);
    shell.type('\r');
    await shell.shown(/better than never/);
    shell.type('\x04');
    expect(await shell.code).toBe(0);
});

test('a server that never answers does not keep the prompt from its user', async () => {
    const { started } = startTalkative(server => {
        server.registerTool('add', {}, () => ({ content: [{ type: 'text', text: 'done' }] }));
        server.server.setRequestHandler(CompleteRequestSchema, () => new Promise(() => {}));
        server.registerPrompt('slow', { argsSchema: { word: z.string() } }, () => ({ messages: [] }));
    });
    await using server = await started;
    const shell = openShell(server.url);
    await shell.shown(/mcp> /);
    shell.type('prompt slow word=a\t');
    await shell.shown(/word=a/);
    shell.type('\x03call add\r');
    await shell.shown(/done/);
    expect(shell.screen()).not.toMatch(/error|interrupted/i);
    shell.type('\x04');
    expect(await shell.code).toBe(0);
});
