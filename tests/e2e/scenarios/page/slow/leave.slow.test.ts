import { send, startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { connected, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

test.concurrent('a reload is served although the page has taken all connections', async ({ expect }) => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openPage(browser, server.url);
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('button', { name: 'Take all connections' }).click();
    await page.getByText('The ping waits in the browser').waitFor();
    await page.reload({ timeout: 20_000 });
    await connected(page);
    const { connections } = JSON.parse((await send(`${server.url}/health`)).body);
    expect(connections).toBe(1);
    await page.close();
});
