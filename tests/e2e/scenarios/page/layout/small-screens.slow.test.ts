import { startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { add, openPage, shareBrowser } from '../../../helpers/demo-page.ts';
import { lettersOf } from './boxes.ts';
import { view } from './expectations.ts';

const browser = await shareBrowser();

test.concurrent('a hidden wire keeps only few rows in the document', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 390, height: 844 } });
    for (let sum = 0; sum < 12; sum++) await add(page, sum, 1);
    await view(page, 'Wire').click();
    const rows = page.getByRole('list', { name: 'Wire' }).getByRole('listitem');
    await rows.last().waitFor();
    const shown = await rows.count();
    await view(page, 'Tools').click();
    for (let sum = 0; sum < 12; sum++) await add(page, sum, 2);
    expect(await page.locator('.frame').count()).toBeLessThanOrEqual(shown + 4);
    await page.close();
});

test.concurrent('cards of sessions next to each other have the same height', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 720 } });
    await page.getByRole('button', { name: 'Another server' }).click();
    await page.getByLabel('Address of the stream').fill(`${server.url}/nothing`);
    await page.getByRole('button', { name: 'Open with EventSource' }).click();
    await page.locator('.session-card[data-failed="true"]').waitFor();
    const cards = await page.locator('.session-card').all();
    const [first, second] = await Promise.all(cards.map(card => card.boundingBox()));
    expect(second?.y).toBe(first?.y);
    expect(second?.height).toBe(first?.height);
    await page.close();
});

test.concurrent('a zoom of 150 % makes letters larger by half', async ({ expect }) => {
    await using server = await startServer();
    const letters = async (zoom: number) => {
        const viewport = { width: 1920 / zoom, height: 1080 / zoom };
        const page = await openPage(browser, server.url, { viewport, deviceScaleFactor: zoom });
        const sizes = await Promise.all(
            ['body', '.seq-text', '.card h3', '.session-card'].map(name => lettersOf(page.locator(name).first()))
        );
        await page.close();
        return sizes.map(size => size * zoom);
    };
    const usual = await letters(1);
    expect(usual.every(size => size >= 13)).toBe(true);
    expect(await letters(1.5)).toEqual(usual.map(size => size * 1.5));
});
