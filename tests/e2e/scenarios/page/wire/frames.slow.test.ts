import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

function transcriptOf(facts: readonly object[]): string {
    return JSON.stringify({ format: 'mcp-wire-transcript', version: 1, facts });
}

test('a transcript without session ids can be downloaded and replayed while the page continues', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await add(page, 2, 3);
    // A replay has no session to send in.
    const seen = (await frames(page).innerText()).replaceAll('Edit and send again\n', '');
    const [id = ''] = seen.match(/(?<=sessionId=)\S{36}/) ?? [];
    expect(id).not.toBe('');

    await press(page, 'Transcript');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download the record')]);
    expect(download.suggestedFilename()).toMatch(/^mcp-wire-\d{4}-\d\d-\d\d-\d{6}\.json$/);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).not.toContain(id);

    const open = (name: string, content: string) =>
        page
            .locator('input[type="file"]')
            .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    await open('lesson.json', text);
    await page.getByText('Replay of lesson.json.').waitFor();
    await page.getByRole('button', { name: 'Play again' }).waitFor();
    expect(await frames(page).innerText()).toBe(seen.replaceAll(id, `${id.slice(0, 8)}-0000-0000-0000-000000000000`));
    await add(page, 20, 3);
    expect(await frames(page).innerText()).not.toContain('"sum":23');
    await press(page, 'Back to live');
    await frames(page).getByText('"sum":23').waitFor();

    await open('old.json', '{"format":"mcp-wire-transcript","version":2}');
    const refusal = page.getByRole('alert');
    await refusal.getByText('Cannot replay old.json: version must be 1, got 2').waitFor();
    await press(page, 'Français');
    await refusal.getByText('Impossible de lire old.json : version doit être 1, et non 2').waitFor();
    await page.getByText('→ envoyé').first().waitFor();
    await refusal.getByRole('button', { name: 'Fermer' }).click();
    expect(await refusal.count()).toBe(0);
    await page.close();
});

test('only some of thousands of frames are in the document, and all can be reached', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 800 } });
    const count = 5000;
    const facts = Array.from({ length: count }, (_fact, index) => {
        const data = `event ${index + 1}, ${'of any length '.repeat(index % 40)}`;
        return { session: 'A', at: 1000, kind: 'event', event: 'message', id: '', data };
    });
    const last = { session: 'A', at: 3_600_000, kind: 'event', event: 'message', id: '', data: 'the end' };
    const dropped = await page.evaluateHandle(`(() => {
        const dropped = new DataTransfer();
        dropped.items.add(new File([${JSON.stringify(transcriptOf([...facts, last]))}], 'long.json'));
        return dropped;
    })()`);
    const panel = page.getByRole('region', { name: 'Wire log' });
    await panel.dispatchEvent('dragover', { dataTransfer: dropped });
    await panel.dispatchEvent('drop', { dataTransfer: dropped });
    await press(page, 'Pause');
    await frames(page).getByText(`event ${count},`).waitFor();
    expect(await rows(page).count()).toBeLessThan(200);

    await frames(page).press('Home');
    const first = frames(page).getByText('event 1,');
    await first.waitFor();
    const place = () => first.evaluate('element => element.getBoundingClientRect().top');
    const before = await place();
    await page.getByLabel('Speed').selectOption('at once');
    await press(page, 'Play');
    await page.getByRole('button', { name: 'Play again' }).waitFor();
    expect(await place()).toBe(before);
    await press(page, '↓ Newest');
    await frames(page).getByText('the end').waitFor();
    expect(await page.getByRole('button', { name: 'Newest' }).count()).toBe(0);
    await page.close();
});
