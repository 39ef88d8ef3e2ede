import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { test } from 'vitest';
import { add, connected, openPage, shareBrowser } from '../../helpers/demo-page.ts';

const browser = await shareBrowser();

async function openFaults(url: string): Promise<Page> {
    const page = await openPage(browser, url);
    await page.getByRole('tab', { name: 'Faults' }).click();
    return page;
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Waits until the card shows `text`, and returns all its text. */
async function told(page: Page, name: string, text: string | RegExp): Promise<string> {
    return await card(page, name).filter({ hasText: text }).innerText();
}

test.concurrent('a forgotten session is replaced by a new one', async ({ expect }) => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openFaults(server.url);
    const session = await connected(page);
    await button(page, 'Send to an unknown session').click();
    const unknown = await told(page, 'Unknown session', 'A good client');
    expect(unknown).toMatch(/answered 404 Not Found[\s\S]*"code":-32001/);
    expect(await connected(page)).toBe(session);

    await button(page, 'Forget this session').click();
    const forgotten = await told(page, 'Unknown session', 'This page just did');
    expect(forgotten).toMatch(/stream dropped[\s\S]*new session[\s\S]*POST initialize/);
    expect(await connected(page)).not.toBe(session);
    await page.getByRole('tab', { name: 'Tools' }).click();
    await add(page, 2, 3);
    await page.close();
});
