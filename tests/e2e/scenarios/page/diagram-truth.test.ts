import { startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { openPage, shareBrowser } from '../../helpers/demo-page.ts';
import { distanceToServer, row, told } from '../../helpers/diagram.ts';

const browser = await shareBrowser();

test.concurrent('a POST that waits for a connection stops short of the server, until its answer proves that it arrived', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('button', { name: 'Take all connections' }).click();
    const ping = row(page, /POST ping, request/);
    await page.getByText('The ping waits in the browser').waitFor();
    expect(await told(ping)).toEqual([
        expect.stringMatching(/^session A, browser to server: POST ping, request 6, not known yet whether it arrived$/)
    ]);
    expect(await distanceToServer(page, ping)).toBeGreaterThan(30);
    expect(await ping.locator('.seq-arrow-waiting').count()).toBe(1);
    // Six streams are open, and each has a band.
    expect(await page.locator('.diagram-tail .seq-band').count()).toBe(6);
    await ping.click();
    await page.getByRole('status', { name: 'About this row' }).getByText('There is no answer yet').waitFor();

    await page.getByRole('button', { name: 'Close all' }).click();
    await row(page, /POST ping, request 6, arrived: known/).waitFor();
    expect(Math.abs(await distanceToServer(page, ping))).toBeLessThan(3);
    await page.getByRole('status', { name: 'About this row' }).getByText('It arrived').waitFor();
    await page.close();
});
