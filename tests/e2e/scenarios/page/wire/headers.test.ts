import { startServer } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { findViolations } from '../../../helpers/accessibility.ts';
import { add, frames, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

const rows = (page: Page): Locator => frames(page).getByRole('listitem');
const openHeaders = (row: Locator) => row.getByText('Headers', { exact: true }).click();

test('a frame shows the headers of its request and its response, folded at first', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await add(page, 2, 3);
    await page.getByRole('heading', { name: 'Frames' }).waitFor();
    const call = rows(page).filter({ hasText: '"method":"tools/call"' });
    await call.getByText('202 Accepted').waitFor();
    expect(await call.innerText()).not.toContain('content-type');

    await call.getByText('Headers', { exact: true }).focus();
    await page.keyboard.press('Enter');
    await call.getByText('content-type: application/json').waitFor();
    await call.getByText('content-length: 8').waitFor();
    await call.getByText('does not show them to the page').waitFor();
    const groups = (await call.innerText()).match(/^(Request|Response)$/gm);
    expect(groups).toEqual(['Request', 'Response']);

    // EventSource reports no header of its response, and the page says so.
    const opened = rows(page).filter({ hasText: 'stream open' });
    await openHeaders(opened);
    await opened.getByText('EventSource does not show the headers').waitFor();
    // A search finds headers.
    await page.getByRole('searchbox', { name: 'Search' }).fill('text/plain');
    await page.getByText(/^\d+ found$/).waitFor();
    expect((await findViolations(page)).join('\n\n')).toBe('');
    await page.close();
});
