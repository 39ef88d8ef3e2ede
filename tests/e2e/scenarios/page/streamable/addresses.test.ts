import { startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { add, card, enterAddress, inPhase, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

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
