import { startServer } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { findViolations } from '../../../helpers/accessibility.ts';
import { add, connected, frames, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

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

test('Last-Event-ID stands under the request that sent it, with either reader', async () => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    for (const reader of ['EventSource', 'fetch']) {
        const page = await openPage(browser, server.url);
        if (reader === 'fetch') {
            await page.getByRole('button', { name: 'Another server…' }).click();
            await page.getByRole('button', { name: 'Open with fetch' }).click();
            await page.locator('[data-phase="open"] >> text=fetch').waitFor();
        }
        await page.getByRole('tab', { name: 'Faults' }).click();
        await page.getByRole('button', { name: 'Drop', exact: true }).filter({ visible: true }).click();
        const resumes = rows(page).filter({ hasText: 'Last-Event-ID: ' });
        await rows(page).filter({ hasText: 'session resumed' }).waitFor();
        expect(await resumes.locator('.direction').allInnerTexts()).toEqual(['→ sent']);
        expect(await resumes.locator('.what').innerText()).toBe('GET /sse');
        expect(await resumes.getByText('known only from the answer').count()).toBe(reader === 'fetch' ? 0 : 1);
        if (reader === 'fetch') {
            const opened = rows(page).filter({ hasText: 'stream open' }).last();
            await openHeaders(opened);
            await opened.getByText('content-type: text/event-stream').waitFor();
        }
        await page.close();
    }
});

test('a frame of a replay shows its headers too', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await connected(page);
    const post = { kind: 'post', number: 1, url: 'http://other.test/mcp', body: '{}', headers: { 'x-lesson': 'one' } };
    const facts = [{ session: 'A', at: 0, ...post }];
    const buffer = Buffer.from(JSON.stringify({ format: 'mcp-wire-transcript', version: 1, facts }));
    const file = { name: 'lesson.json', mimeType: 'application/json', buffer };
    await page.locator('input[type="file"]').setInputFiles(file);
    const row = rows(page).filter({ hasText: 'other.test/mcp' });
    await openHeaders(row);
    await row.getByText('x-lesson: one').waitFor();
    // Its session is not there, so nothing can be sent in it.
    expect(await row.getByRole('button', { name: 'Edit and send again' }).count()).toBe(0);
    await page.close();
});
