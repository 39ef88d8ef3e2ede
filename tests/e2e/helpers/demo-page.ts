import type { Browser, Locator, Page } from '@calc/test-helpers/browser';

/** So tall that all of a short record is in sight, and so in the document. */
export const TALL = { width: 1280, height: 3000 };

/**
 * The page, connected to the server that serves it; in a browser of its own, cookies included. Nothing in it moves by
 * itself, as it is drawn without a graphics card here.
 */
export async function openPage(browser: Browser, url: string, options?: Parameters<Browser['newPage']>[0]) {
    const page = await browser.newPage({ viewport: TALL, reducedMotion: 'reduce', ...options });
    await page.goto(url);
    await connected(page);
    return page;
}

/** Waits until a session of the page is open; returns the first characters of its id. */
export async function connected(page: Page): Promise<string> {
    return await page.locator(':is([data-phase="open"], [data-phase="resumed"]) .session-id').first().innerText();
}

/** Calls `add` in the session that is chosen; returns what the page shows of the result. */
export async function add(page: Page, a: number, b: number): Promise<string> {
    await pressAdd(page, a, b);
    return await toolCard(page, 'Add two numbers add')
        .getByRole('group', { name: 'Result of add' })
        .filter({ hasText: new RegExp(`sum\\s*${a + b}\\b`) })
        .innerText();
}

/** Calls `add`, and does not wait for what comes of it. */
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
