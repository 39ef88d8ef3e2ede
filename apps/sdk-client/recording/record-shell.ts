import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawTerminal, startTmux } from '@calc/test-helpers/recording';

// Draws docs/images/shell.svg from a real shell on the real server. Nothing it types has an answer with a time or an id,
// so that each run draws the same.

const COLUMNS = 88;
const ROWS = 40;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const picture = join(root, 'docs/images/shell.svg');

const state = mkdtempSync(join(tmpdir(), 'recording-'));
const server = spawn(process.execPath, [join(root, 'apps/sse-server/dist/main.js')], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error', MCP_AUTH_TOKEN: '' },
    stdio: ['ignore', 'pipe', 'inherit']
});
try {
    writeFileSync(picture, drawTerminal(await record(await addressOf(server)), COLUMNS, 'A session of the shell'));
    console.log(`drew ${picture}`);
} catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
} finally {
    server.kill();
    rmSync(state, { recursive: true });
}

async function record(url: string): Promise<string> {
    using terminal = startTmux(COLUMNS, ROWS, {
        MCP_URL: `${url}/mcp`,
        MCP_AUTH_TOKEN: '',
        XDG_STATE_HOME: state,
        NO_COLOR: ''
    });
    const enter = async (text: string, until: RegExp) => {
        terminal.type(text);
        await terminal.shown(new RegExp(`${escapePattern(text.trimEnd())}\\s*$`));
        terminal.press('Enter');
        await terminal.shown(until);
    };
    const tab = async (typed: string, until: RegExp) => {
        terminal.type(typed);
        await terminal.shown(new RegExp(`${escapePattern(typed)}\\s*$`));
        terminal.press('Tab');
        await terminal.shown(until);
    };
    await terminal.shown(/\$/);
    terminal.type(`cd '${root}' && clear`);
    terminal.press('Enter');
    await terminal.shown(/^\$\s*$/);
    await enter('npm run --silent client -- shell', /mcp>/);
    await tab('call ad', /call add/);
    terminal.press('Tab');
    await terminal.shown(/a= {2}b=/);
    await enter('a=2 b=40', /\n42\n/);
    await enter('call add a=two b=3', /got "two"/);
    await tab('prompt wh', /what-time-is-it/);
    terminal.press('Tab');
    await terminal.shown(/timezone=/);
    terminal.type('Europe/P');
    await terminal.shown(/Europe\/P\s*$/);
    terminal.press('Tab', 'Tab');
    await terminal.shown(/Europe\/Prague/);
    await tab('ari', /Europe\/Paris\s*$/);
    terminal.press('Enter');
    await terminal.shown(/short\s+sentence\.\s+mcp>/);
    await tab('read joke', /built-in\//);
    await enter('1', /joke:\/\/built-in\/1\n.+\n+mcp>/);
    return terminal.capture();
}

/** Where the server listens, as it prints. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
    let printed = '';
    for await (const chunk of stdout ?? []) {
        printed += chunk;
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
        if (url) return url;
    }
    throw new Error(`the server did not start; npm run build builds it`);
}

function escapePattern(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
