import { serveHttp, startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import {
    add,
    addStreamable,
    connected,
    enterAddress,
    inPhase,
    openPage,
    openStreams,
    shareBrowser
} from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

test.concurrent('signing in covers both transports, and a server that refuses the token says so', async ({
    expect
}) => {
    await using server = await startServer({ MCP_AUTH_TOKEN: 'open-sesame' });
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(server.url);
    await page.getByLabel('Token', { exact: true }).fill('open-sesame');
    await page.keyboard.press('Enter');
    await connected(page);
    await addStreamable(page);
    await inPhase(page, 'B', 'open');
    await add(page, 2, 3);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token', { exact: true }).waitFor();
    await expect.poll(() => openStreams(server.url)).toBe(0);

    // Another server's token is none of this page's business.
    await page.getByLabel('Token', { exact: true }).fill('open-sesame');
    await page.keyboard.press('Enter');
    await inPhase(page, 'A', 'open');
    await using closed = await startServer({ MCP_AUTH_TOKEN: 'other' });
    await enterAddress(page, `${closed.url}/mcp`);
    await page.keyboard.press('Enter');
    await inPhase(page, 'C', 'requires a credential, and this page sends none');
    await page.close();
});

test.concurrent('a server that allows no other origin gets the advice about CORS', async () => {
    await using server = await startServer();
    await using closed = await serveHttp((_req, res) => res.writeHead(403).end());
    const page = await openPage(browser, server.url);
    await enterAddress(page, `${closed.url}/mcp`);
    await page.keyboard.press('Enter');
    await inPhase(page, 'B', `that it allows ${server.url}`);
    await page.close();
});
