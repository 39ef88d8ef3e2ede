import { startServer } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { add, frames, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

const rows = (page: Page): Locator => frames(page).getByRole('listitem');
const button = (row: Locator, name: string) => row.getByRole('button', { name, exact: true });

test('a message that is not JSON-RPC is refused by the server, and the session continues', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await add(page, 2, 3);
    const call = rows(page).filter({ hasText: '"method":"tools/call"' }).first();
    await call.hover();
    await button(call, 'Edit and send again').click();
    await call.getByRole('textbox', { name: 'Message to send' }).fill('{"any": "thing"}');
    await button(call, 'Send').click();
    await frames(page).locator('[data-selected]').filter({ hasText: '400 Bad Request' }).waitFor();
    await add(page, 20, 3);

    // After the session has ended, the editor says why nothing was sent, and Escape closes it.
    await page.getByRole('button', { name: /^Disconnect/ }).click();
    await call.hover();
    await button(call, 'Edit and send again').click();
    await button(call, 'Send').click();
    await call.getByText('the session is not open').waitFor();
    await call.getByRole('textbox', { name: 'Message to send' }).press('Escape');
    expect(await call.getByRole('textbox').count()).toBe(0);
    await page.close();
});
