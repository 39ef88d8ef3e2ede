import { serveHttp, startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import {
    add,
    addStreamable,
    card,
    connected,
    enterAddress,
    inPhase,
    openPage,
    openStreams,
    shareBrowser
} from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

test.concurrent('a /mcp address opened as a stream is recognized, and offered as Streamable HTTP', async ({
    expect
}) => {
    await using server = await startServer({ ALLOWED_ORIGINS: '' });
    await using other = await startServer();
    const page = await openPage(browser, server.url);
    await enterAddress(page, `${other.url}/mcp`);
    await page.getByText('An address that ends in /mcp').waitFor();
    await page.getByRole('button', { name: 'Open with EventSource' }).click();
    await inPhase(page, 'B', 'looks like the address of Streamable HTTP');
    await card(page, 'B').getByRole('button', { name: 'Open as Streamable HTTP' }).click();
    await inPhase(page, 'C', 'open');
    expect(await card(page, 'C').innerText()).toMatch(/Streamable HTTP\s*2025-11-25[\s\S]*127\.0\.0\.1:/);
    await add(page, 2, 3);

    // Enter opens what the address looks like.
    await enterAddress(page, `${other.url}/mcp`);
    await page.keyboard.press('Enter');
    await inPhase(page, 'D', 'open');
    expect(await card(page, 'D').innerText()).toContain('Streamable HTTP');

    // The other way round.
    await enterAddress(page, `${other.url}/sse`);
    await page.getByRole('form').getByRole('button', { name: 'Open as Streamable HTTP' }).click();
    await inPhase(page, 'E', 'no Streamable HTTP at /sse (405)');
    await card(page, 'E').getByRole('button', { name: 'Open as HTTP+SSE' }).click();
    await inPhase(page, 'F', 'open');
    await page.close();
});

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
