import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { describe, test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { add, openPage, shareBrowser } from '../../../helpers/demo-page.ts';
import { smallestLetters } from './boxes.ts';

const browser = await shareBrowser();

const caption = (page: Page) => page.locator('.caption');
const diagram = (page: Page) => page.getByRole('listbox', { name: 'Sequence diagram' });
const selected = (page: Page) => diagram(page).getByRole('option', { selected: true });

describe('the presenter view shows the diagram alone in large letters', () => {
    for (const viewport of [
        { width: 1280, height: 720 },
        { width: 1920, height: 1080 }
    ]) {
        test.concurrent(`at ${viewport.width} x ${viewport.height}`, async ({ expect }) => {
            await using server = await startServer();
            const page = await openPage(browser, server.url, { viewport });
            await add(page, 20, 3);
            await page.keyboard.press('Escape');
            await page.getByRole('tab', { name: 'Tools' }).focus();
            await page.keyboard.press('p');
            await caption(page).waitFor();
            expect(await page.getByRole('heading').allTextContents()).toEqual(['Presenter view']);
            expect(await page.getByRole('tablist').count()).toBe(0);
            expect(await page.getByRole('list', { name: 'Wire' }).count()).toBe(0);
            expect((await smallestLetters(page)) / viewport.height).toBeGreaterThanOrEqual(0.025);
            const box = await page.locator('.diagram').boundingBox();
            expect(box?.width).toBeGreaterThan(viewport.width * 0.95);
            expect(box?.height).toBeGreaterThan(viewport.height * 0.7);
            expect((await findViolations(page)).join('\n\n')).toBe('');
            expect((await findOverflow(page)).join('\n')).toBe('');

            // The caption names the newest row, then the one that the arrow keys select.
            await diagram(page).and(page.locator(':focus')).waitFor();
            expect(await caption(page).innerText()).toMatch(/^Server to browser: (result, request 6|202 Accepted)/);
            await page.keyboard.press('ArrowUp');
            await page.keyboard.press('ArrowUp');
            const second = await selected(page).locator('.visually-hidden').innerText();
            expect((await caption(page).innerText()).toLowerCase()).toBe(
                second.replace(/^[\d:.]+, /, '').toLowerCase()
            );
            await page.keyboard.press('Home');
            expect(await caption(page).innerText()).toMatch(/^Browser to server: GET \/sse/);
            const first = await selected(page).boundingBox();
            expect(first?.y).toBeGreaterThan(0);

            await page.keyboard.press('p');
            await caption(page).waitFor({ state: 'detached' });
            await page.getByRole('tab', { name: 'Tools' }).and(page.locator(':focus')).waitFor();
            await page.close();
        });
    }
});

test.concurrent('browser zoom makes the letters of the presenter view larger still', async ({ expect }) => {
    await using server = await startServer();
    const letters = async (zoom: number) => {
        const viewport = { width: Math.round(1280 / zoom), height: 720 / zoom };
        const page = await openPage(browser, server.url, { viewport, deviceScaleFactor: zoom });
        await page.keyboard.press('p');
        await caption(page).waitFor();
        const size = await smallestLetters(page);
        await page.close();
        return size * zoom;
    };
    expect(await letters(1.5)).toBeGreaterThan((await letters(1)) * 1.2);
});

test.concurrent('P is a letter in a field, Escape leaves, and the button has the focus back', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 720 } });
    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.pressSequentially('pp');
    expect(await search.inputValue()).toBe('pp');
    expect(await caption(page).count()).toBe(0);
    await search.fill('');
    const button = page.getByRole('button', { name: 'Present' });
    await button.click();
    await diagram(page).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowUp');
    const step = await selected(page).getAttribute('data-seq');
    await page.keyboard.press('Escape');
    await caption(page).waitFor({ state: 'detached' });
    await button.and(page.locator(':focus')).waitFor();
    expect(await selected(page).getAttribute('data-seq')).toBe(step);

    // The mouse leaves by a button, and the idle streams of a fault survive the visit.
    await button.click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await caption(page).waitFor({ state: 'detached' });
    await button.and(page.locator(':focus')).waitFor();
    await page.close();
});
