import { startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { add, openPage, pressAdd, shareBrowser } from '../../../helpers/demo-page.ts';
import { lastCall, told } from './expectations.ts';

const browser = await shareBrowser();

test.concurrent('the last call stays when the page itself sends requests, and shows its session', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    expect(await lastCall(page).count()).toBe(0);
    await add(page, 20, 3);
    await page.getByRole('button', { name: 'Add session' }).click();
    await page.getByRole('option', { name: /session B, browser to server: POST notifications\/initialized/ }).waitFor();
    expect((await told(page))[0]).toMatch(/^session A, browser to server: POST tools\/call add/);
    await page.getByRole('button', { name: 'Clear' }).click();
    await lastCall(page).waitFor({ state: 'detached' });
    await page.close();
});

test.concurrent('a call without an answer does not reach the server in the last call', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 720 } });
    await page.route('**/messages*', route => route.abort());
    await pressAdd(page, 20, 3);
    await lastCall(page).locator('.seq-arrow-unknown').waitFor();
    const remark = lastCall(page).locator('.seq-remark');
    expect(await remark.innerText()).toBe('lost?');
    expect((await remark.boundingBox())?.width).toBeGreaterThan(20);
    expect((await told(page)).join('\n')).toMatch(/no answer/);
    await page.close();
});
