import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { describe, test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { add, openPage, pressAdd, shareBrowser } from '../../../helpers/demo-page.ts';
import { isInSight } from './boxes.ts';

const browser = await shareBrowser();

const SIZES = [
    { width: 390, height: 844 },
    { width: 768, height: 1024 },
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 }
];

const lastCall = (page: Page) => page.getByRole('region', { name: 'Last call' });
const arrows = (page: Page) => lastCall(page).getByRole('listitem');

/** The sentences of the arrows, without times. */
async function told(page: Page): Promise<string[]> {
    const names = await arrows(page).locator('.visually-hidden').allTextContents();
    return names.map(name => name.replace(/^[\d:.]+, /, ''));
}

describe('after a call, its arrows and its result are in sight, without scrolling', () => {
    for (const viewport of SIZES) {
        test.concurrent(`at ${viewport.width} x ${viewport.height}`, async ({ expect }) => {
            await using server = await startServer();
            const page = await openPage(browser, server.url, { viewport });
            await add(page, 20, 3);
            await arrows(page).nth(2).waitFor();
            for (const arrow of await arrows(page).all()) expect(await isInSight(arrow)).toBe(true);
            const [request, ...answers] = await told(page);
            expect(request).toMatch(/^browser to server: POST tools\/call add, request 6\b/);
            expect(answers.join('\n')).toMatch(/server to browser: 202 Accepted\b/);
            expect(answers.join('\n')).toMatch(/server to browser: result 23, request 6, after [\d.]+\s(ms|s)\b/);
            await expect.poll(() => isInSight(page.getByRole('group', { name: 'Result of add' }))).toBe(true);
            expect((await findViolations(page)).join('\n\n')).toBe('');
            expect((await findOverflow(page)).join('\n')).toBe('');
            await page.close();
        });
    }
});

test.concurrent('the last call stays when the page itself sends requests, and shows its session', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    expect(await lastCall(page).count()).toBe(0);
    await add(page, 20, 3);
    await page.getByRole('button', { name: 'Add session' }).click();
    await page.getByRole('option', { name: /session B, browser to server: POST notifications\/initialized/ }).waitFor();
    expect((await told(page))[0]).toMatch(/^session A, browser to server: POST tools\/call add/);
    await page.getByRole('button', { name: 'Clear' }).click();
    await lastCall(page).waitFor({ state: 'detached' });
    await page.close();
});

test.concurrent('a call without an answer does not reach the server in the last call', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 720 } });
    await page.route('**/messages*', route => route.abort());
    await pressAdd(page, 20, 3);
    await lastCall(page).locator('.seq-arrow-unknown').waitFor();
    const remark = lastCall(page).locator('.seq-remark');
    expect(await remark.innerText()).toBe('lost?');
    expect((await remark.boundingBox())?.width).toBeGreaterThan(20);
    expect((await told(page)).join('\n')).toMatch(/no answer/);
    await page.close();
});
