import { send } from '@calc/test-helpers';
import { type Browser, type Locator, launchBrowser, type Page } from '@calc/test-helpers/browser';

/** Tall enough to show all rows of a short record, so that they are in the document. */
export const TALL = { width: 1280, height: 3000 };

let shared: Promise<Browser> | undefined;

/** The browser of this process. All test files of the process share it, and each page has a browser context of its own. */
export function shareBrowser(): Promise<Browser> {
    shared ??= launchBrowser();
    return shared;
}

/**
 * Runs in the page. A page without opacity has the same layout, but its pixels are not drawn, which is the larger part of
 * the work of a browser without a graphics card.
 */
const HIDE_PIXELS = `{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html { opacity: 0 }');
    document.adoptedStyleSheets = [sheet];
}`;

/**
 * Opens the page in a browser context of its own and waits until it is connected. Animations are off, because the test
 * machine has no graphics card.
 */
export async function openPage(browser: Browser, url: string, options?: Parameters<Browser['newPage']>[0]) {
    const page = await browser.newPage({ viewport: TALL, reducedMotion: 'reduce', ...options });
    await page.addInitScript(HIDE_PIXELS);
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

/** The card of a session, by its letter. */
export function card(page: Page, key: string): Locator {
    return page.getByRole('listitem').filter({ has: chooser(page, key) });
}

export function chooser(page: Page, key: string): Locator {
    return page.getByRole('button', { name: `Session ${key}`, exact: true });
}

export async function inPhase(page: Page, key: string, phase: string): Promise<void> {
    await page
        .getByRole('status', { name: `Session ${key}` })
        .filter({ hasText: phase })
        .waitFor();
}

export async function openStreams(url: string): Promise<number> {
    return JSON.parse((await send(`${url}/health`)).body).connections;
}

/** Adds a session over Streamable HTTP with the page's own server. */
export async function addStreamable(page: Page): Promise<void> {
    await page.getByLabel('Transport').selectOption('Streamable HTTP');
    await page.getByRole('button', { name: 'Add session' }).click();
}

export async function enterAddress(page: Page, address: string): Promise<void> {
    await page.getByRole('button', { name: 'Another server' }).click();
    await page.getByLabel('Address of the stream').fill(address);
}

/** The headers of the requests of the page to a path, as the browser sends them. */
export function watchRequests(page: Page, path: string) {
    const seen: { method: string; headers: Record<string, string> }[] = [];
    page.on('request', request => {
        const { pathname } = new URL(request.url());
        if (pathname === path) seen.push({ method: request.method(), headers: request.headers() });
    });
    return seen;
}
