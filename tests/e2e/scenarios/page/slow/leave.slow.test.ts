import { send, startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { connected, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

test.concurrent('a page that the browser keeps closes its streams, and opens them when it is shown again', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const openStreams = async () => JSON.parse((await send(`${server.url}/health`)).body).connections;
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    await expect.poll(openStreams).toBe(0);
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await connected(page);
    await expect.poll(openStreams).toBe(1);
    await page.close();
});

test.concurrent('a reload is served although the page has taken all connections', async ({ expect }) => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openPage(browser, server.url);
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('button', { name: 'Take all connections' }).click();
    await page.getByText('The ping waits in the browser').waitFor();
    await page.reload();
    await connected(page);
    const { connections } = JSON.parse((await send(`${server.url}/health`)).body);
    expect(connections).toBe(1);
    await page.close();
});
