import { startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { openPage, shareBrowser } from '../../../helpers/demo-page.ts';
import { diagram, selected } from '../../../helpers/diagram.ts';
import { smallestLetters } from './boxes.ts';
import { caption } from './expectations.ts';

const browser = await shareBrowser();

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
