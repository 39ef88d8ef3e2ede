import { send } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { expect } from 'vitest';
import { shareBrowser, TALL } from '../../../helpers/demo-page.ts';

export const MCP_AUTH_TOKEN = 'open-sesame';

const browser = await shareBrowser();

/** A page in a browser context of its own, and the messages in its console. */
export async function openPage(url: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: TALL, reducedMotion: 'reduce' });
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
        const { pathname } = new URL(message.location().url || 'unknown:');
        if (message.type() !== 'log') complaints.push(`${pathname} ${message.text()}`);
    });
    // Not every violation is written to the console.
    await page.addInitScript({
        content: `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
            console.error(violatedDirective + ' keeps out ' + blockedURI);
        });`
    });
    await page.goto(url);
    return { page, complaints };
}

export const tokenField = (page: Page) => page.getByLabel('Token', { exact: true });
export const status = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text });

export async function signIn(page: Page, token = MCP_AUTH_TOKEN): Promise<void> {
    await tokenField(page).fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Waits for the form and returns its reason. */
export async function reasonToSignIn(page: Page): Promise<string> {
    await tokenField(page).waitFor();
    expect(await page.getByRole('status').count()).toBe(0);
    return await page.locator('#sign-in-reason').innerText();
}

export async function openStreams(url: string): Promise<number> {
    return JSON.parse((await send(`${url}/health`)).body).connections;
}
