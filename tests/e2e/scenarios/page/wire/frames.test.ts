import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startServer } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { add, frames, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

const rows = (page: Page): Locator => frames(page).getByRole('listitem');
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Runs a command like a user who pastes it. Returns the status of the answer. */
async function runInShell(command: string): Promise<string> {
    const script = `${command} -s -o /dev/null -w '%{http_code}'`;
    return (await promisify(execFile)('sh', ['-c', script])).stdout;
}

test('frames can be searched, filtered and paused, and a copied request runs in a shell', async () => {
    await using server = await startServer();
    const permissions = ['clipboard-read', 'clipboard-write'];
    const page = await openPage(browser, server.url, { permissions });
    await add(page, 2, 3);

    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.fill('TOOLS/call post');
    // The request and its reply; the status is shown in the row of the request.
    await page.getByText('2 found').waitFor();
    await rows(page).filter({ hasText: '202 Accepted' }).waitFor();
    await rows(page).filter({ hasText: '"sum":5' }).waitFor();
    expect(await rows(page).locator('mark').allInnerTexts()).toEqual(['POST', 'tools/call']);
    await search.press('Escape');
    expect(await search.inputValue()).toBe('');
    await page.getByText('2 found').waitFor({ state: 'hidden' });
    const sent = page.getByRole('button', { name: 'sent', exact: true });
    expect(await sent.getAttribute('title')).toBe('Show only: browser to server');
    await sent.click();
    expect([...new Set(await rows(page).locator('.direction').allInnerTexts())]).toEqual(['→ sent']);
    await sent.click();
    await press(page, 'heartbeats');
    await rows(page)
        .filter({ hasText: 'Nothing matches the filter.' })
        .getByRole('button', { name: 'Show all' })
        .click();

    const call = rows(page).filter({ hasText: '"method":"tools/call"' });
    await call.hover();
    await call.getByRole('button', { name: 'Copy as curl' }).click();
    await call.getByText('Copied').waitFor();
    expect(await runInShell(await page.evaluate('navigator.clipboard.readText()'))).toBe('202');
    // Without a clipboard, as over plain HTTP, the command can be copied by hand.
    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await rows(page).first().getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByLabel('Copy the selected text').and(page.locator(':focus')).waitFor();
    expect(await page.evaluate('getSelection().toString()')).toBe(
        `curl -N -H 'Accept: text/event-stream' ${server.sseUrl}`
    );

    // A frame can be highlighted in all views.
    const head = call.getByRole('button', { name: 'sent' });
    await head.click();
    expect([await head.getAttribute('aria-pressed'), await frames(page).locator('[data-selected]').count()]).toEqual([
        'true',
        1
    ]);
    await head.click();
    expect(await frames(page).locator('[data-selected]').count()).toBe(0);

    await press(page, 'Pause');
    await add(page, 20, 3);
    await page.getByText(/^\d+ missed$/).waitFor();
    expect(await frames(page).innerText()).not.toContain('"sum":23');
    await press(page, 'Continue');
    await frames(page).getByText('"sum":23').waitFor();
    await press(page, 'Clear');
    expect(await rows(page).allInnerTexts()).toEqual(['Nothing yet.']);
    await page.close();
});
