import { send } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';

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
