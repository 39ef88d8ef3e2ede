import { startServer } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';
import { test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { add, connected, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const show = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const panel = (page: Page): Locator => page.getByRole('complementary');
const done = (page: Page, text = 'Done') => panel(page).getByText(`✓ ${text}`).waitFor();
const ring = (page: Page): Locator => page.locator('.tour-ring');

/** What the steps ask for, in their order. */
const acts: [title: string, act: (page: Page) => Promise<unknown>][] = [
    ['The handshake', page => connected(page)],
    ['One call, two connections', page => add(page, 20, 3)],
    [
        'Two sessions, the same ids',
        async page => {
            await press(page, 'Add session');
            await page.getByRole('heading', { name: 'Tools of session B' }).waitFor();
            await add(page, 4, 5);
        }
    ],
    [
        'Slow reader',
        async page => {
            await show(page, 'Faults');
            await page.getByRole('region', { name: 'Slow reader' }).getByLabel('Seconds').selectOption('1');
            await press(page, 'Stall');
        }
    ],
    [
        'Events without a request',
        async page => {
            await show(page, 'Resources');
            await press(page, 'Subscribe clock');
        }
    ],
    [
        'Drop the stream',
        async page => {
            await show(page, 'Faults');
            await press(page, 'Drop');
        }
    ],
    [
        'Lose the network',
        async page => {
            await page.getByRole('region', { name: 'Lose the network' }).getByLabel('Seconds').selectOption('1');
            await press(page, 'Cut the network');
        }
    ],
    [
        'Too many tabs',
        async page => {
            await press(page, 'Take all connections');
            await page.getByText('The ping waits in the browser').waitFor();
            await press(page, 'Close one stream');
        }
    ],
    [
        'The same call over Streamable HTTP',
        async page => {
            await page.getByRole('combobox', { name: 'Transport' }).selectOption('Streamable HTTP');
            await press(page, 'Add session');
            await show(page, 'Tools');
            await page.getByRole('heading', { name: 'Tools of session C' }).waitFor();
            await add(page, 2, 40);
        }
    ],
    [
        'The lesson as a file',
        async page => {
            await press(page, 'Transcript');
            const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Download the record')]);
            await press(page, 'Transcript');
            const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, 'Open a transcript…')]);
            await chooser.setFiles(await file.path());
        }
    ]
];

test.concurrent('each step of the tour is done when the user has done what it says', async ({ expect }) => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 720 } });
    await press(page, 'Tour');
    for (const [at, [title, act]] of acts.entries()) {
        const heading = panel(page).getByRole('heading', { name: title });
        await heading.and(page.locator(':focus')).waitFor();
        expect(await heading.innerText()).toMatch(new RegExp(`^${at + 1} of 10 `));
        if (at > 0) expect(await panel(page).getByText('✓').count(), title).toBe(0);
        await ring(page).waitFor();
        await act(page);
        await done(page);
        expect(await page.locator(':focus').count(), 'the focus stays with the user').toBe(1);
        await press(page, at + 1 < acts.length ? 'Next' : 'Finish');
    }
    expect(await panel(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Tour' }).and(page.locator(':focus')).waitFor();
    await page.close();
});

/** How far the ring is from the element around which it should be, in pixels. */
async function distance(page: Page, target: Locator): Promise<number> {
    const [around, inside] = await Promise.all([ring(page).boundingBox(), target.boundingBox()]);
    if (!around || !inside) return Number.POSITIVE_INFINITY;
    return Math.max(Math.abs(around.x + 4 - inside.x), Math.abs(around.y + 4 - inside.y));
}

test.concurrent('the ring follows what it is around, and the open tour has no accessibility violations', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 720 } });
    await press(page, 'Tour');
    for (let step = 2; step <= 4; step++) await press(page, 'Next');
    const tab = page.getByRole('tab', { name: 'Faults' });
    const adding = page.locator('.add-own');
    await expect.poll(() => distance(page, tab)).toBeLessThan(1);
    await press(page, 'Français');
    await expect.poll(() => distance(page, page.getByRole('tab', { name: 'Pannes' }))).toBeLessThan(1);
    await press(page, 'English');
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => distance(page, tab)).toBeLessThan(1);
    await tab.click();
    await expect.poll(() => distance(page, page.getByRole('region', { name: 'Slow reader' }))).toBeLessThan(1);
    await press(page, 'Back');
    await expect.poll(() => distance(page, adding)).toBeLessThan(1);
    await press(page, 'Next');
    await page.setViewportSize({ width: 1280, height: 720 });
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');
    await page.close();
});
