import type { Browser, Locator, Page } from '@calc/test-helpers/browser';

/** Tall enough to show all rows of a short record, so that they are in the document. */
export const TALL = { width: 1280, height: 3000 };

/**
 * Opens the page in a browser context of its own and waits until it is connected. Animations are off, because the test
 * machine has no graphics card.
 */
export async function openPage(browser: Browser, url: string, options?: Parameters<Browser['newPage']>[0]) {
    const page = await browser.newPage({ viewport: TALL, reducedMotion: 'reduce', ...options });
    await page.goto(url);
    await connected(page);
    return page;
}

/** Waits until a session of the page is open. Returns the first characters of its id. */
export async function connected(page: Page): Promise<string> {
    return await page.locator(':is([data-phase="open"], [data-phase="resumed"]) .session-id').first().innerText();
}

/** Calls `add` in the selected session. Returns the text of the result. */
export async function add(page: Page, a: number, b: number): Promise<string> {
    await pressAdd(page, a, b);
    return await toolCard(page, 'Add two numbers add')
        .getByRole('group', { name: 'Result of add' })
        .filter({ hasText: new RegExp(`sum\\s*${a + b}\\b`) })
        .innerText();
}

/** Calls `add` without waiting for the result. */
export async function pressAdd(page: Page, a: number, b: number): Promise<void> {
    const tool = toolCard(page, 'Add two numbers add');
    await tool.getByLabel('a', { exact: true }).fill(String(a));
    await tool.getByLabel('b', { exact: true }).fill(String(b));
    await tool.getByRole('button', { name: 'Call add' }).click();
}

/** The card of a tool, by title and name. */
export function toolCard(page: Page, name: string): Locator {
    return page.getByRole('region', { name });
}

/** The frames that the page shows. */
export function frames(page: Page): Locator {
    return page.getByRole('list', { name: 'Wire' });
}
