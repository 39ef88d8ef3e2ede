// Takes the pictures of docs/walkthroughs/inspector.md: the real MCP Inspector, by the command of that page, connected to
// the server of lesson 04. The Inspector comes from the registry by `npx`, so this needs the network.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { launchBrowser, type Page } from '@calc/test-helpers/browser';
import { blocksOf, root } from '../helpers/docs.ts';
import { findFreePort } from '../helpers/free-port.ts';
import { takeWebp } from './take-webp.ts';

const [, , command = ''] = blocksOf('docs/walkthroughs/inspector.md', 'sh');
const [serverCommand = ''] = blocksOf('docs/walkthroughs/curl.md', 'sh');
const [serverPort, clientPort, sandboxPort, appPort] = await Promise.all([1, 2, 3, 4].map(findFreePort));
const token = randomUUID();

const server = start(serverCommand, { PORT: serverPort });
const inspector = start(command.replace(':3001', `:${serverPort}`), {
    HOST: '127.0.0.1',
    CLIENT_PORT: clientPort,
    MCP_SANDBOX_PORT: sandboxPort,
    MCP_APP_ORIGIN_PORT: appPort,
    MCP_AUTO_OPEN_ENABLED: 'false',
    MCP_INSPECTOR_API_TOKEN: token
});
const browser = await launchBrowser();
try {
    await printed(inspector, 'up and running');
    const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, locale: 'en', timezoneId: 'UTC' });
    // Its fonts come from the internet, so `load` may never come.
    await page.goto(`http://127.0.0.1:${clientPort}?MCP_INSPECTOR_API_TOKEN=${token}`, {
        waitUntil: 'domcontentloaded'
    });
    await page.getByRole('switch').click({ force: true });
    await page.getByText('tools/list', { exact: false }).first().waitFor();
    await take(page, 'inspector-connected');

    await page.getByText('Tools', { exact: true }).first().click();
    await page.getByText('add', { exact: true }).first().click();
    const numbers = page.locator('input[inputmode=decimal]');
    await numbers.nth(0).fill('2');
    await numbers.nth(1).fill('3');
    await page.getByRole('button', { name: 'Execute Tool' }).click();
    await page.getByText('5', { exact: true }).first().waitFor();
    await take(page, 'inspector-call');
} finally {
    await browser.close();
    for (const child of [inspector, server]) stop(child);
}

async function take(page: Page, name: string): Promise<void> {
    // Buttons and the switch move for a moment.
    await page.evaluate('Promise.all(document.getAnimations().map(animation => animation.finished)).then(() => {})');
    writeFileSync(`${root}docs/images/${name}.webp`, await takeWebp(page));
    console.log(`took ${name}.webp`);
}

function start(words: string, env: Record<string, string | undefined>): ChildProcess {
    const [program = '', ...args] = words.split(' ');
    // A group of its own, since npx starts the Inspector as its child.
    return spawn(program, args, { cwd: root, env: { ...process.env, ...env }, detached: true });
}

async function printed(child: ChildProcess, text: string): Promise<void> {
    let output = '';
    for await (const chunk of child.stdout ?? []) {
        output += chunk;
        if (output.includes(text)) return;
    }
    throw new Error(`The Inspector ended: ${output}`);
}

function stop({ pid }: ChildProcess): void {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
}
