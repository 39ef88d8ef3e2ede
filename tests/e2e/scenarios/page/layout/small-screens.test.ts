import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { describe, test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { add, openPage, shareBrowser, toolCard } from '../../../helpers/demo-page.ts';
import { lettersOf } from './boxes.ts';

const browser = await shareBrowser();

const SIZES = [
    { width: 390, height: 844 },
    { width: 768, height: 1024 },
    // A laptop at a zoom of 150 %.
    { width: 853, height: 480 }
];

const view = (page: Page, name: string) => page.getByRole('group', { name: 'View' }).getByRole('button', { name });
const diagram = (page: Page) => page.getByRole('listbox', { name: 'Sequence diagram' });

describe('a small window shows the tools or the wire', () => {
    for (const viewport of SIZES) {
        test.concurrent(`at ${viewport.width} x ${viewport.height}`, async ({ expect }) => {
            await using server = await startServer();
            const page = await openPage(browser, server.url, { viewport });
            const tools = page.getByRole('tablist');
            await add(page, 20, 3);
            expect(await diagram(page).isVisible()).toBe(false);
            expect(await view(page, 'Tools').getAttribute('aria-pressed')).toBe('true');
            const scrolled = await page.evaluate('scrollY');

            await view(page, 'Wire').focus();
            await page.keyboard.press('Enter');
            await diagram(page).waitFor();
            expect(await tools.isVisible()).toBe(false);
            expect(await view(page, 'Wire').getAttribute('aria-pressed')).toBe('true');
            await page.getByRole('option', { name: /result, request 6/ }).waitFor();
            const top = (await page.locator('.diagram').boundingBox())?.y ?? Number.NaN;
            expect(top).toBeLessThan(viewport.height * 0.6);
            expect((await findViolations(page)).join('\n\n')).toBe('');
            expect((await findOverflow(page)).join('\n')).toBe('');

            await view(page, 'Tools').click();
            await toolCard(page, 'Add two numbers add').waitFor();
            expect(await diagram(page).isVisible()).toBe(false);
            expect(await page.evaluate('scrollY')).toBe(scrolled);

            // A wide window shows both.
            await page.setViewportSize({ width: 1280, height: 720 });
            await diagram(page).waitFor();
            expect(await tools.isVisible()).toBe(true);
            expect(await page.getByRole('group', { name: 'View' }).count()).toBe(0);
            await page.close();
        });
    }
});

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
