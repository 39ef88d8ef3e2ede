import type { Browser } from 'playwright-core';
import { Unreachable } from '../check.ts';

/** The right to use the browser until it is given back. */
export interface BrowserLease {
    /** Rejects with Unreachable if no browser starts. */
    browser: Promise<Browser>;
    /** Closes the browser if nothing else uses it. */
    giveBack(): Promise<void>;
}

let shared: Promise<Browser> | undefined;
let borrowers = 0;

/** Starts the browser, unless one runs already: it takes a second of CPU time. */
export function borrowBrowser(): BrowserLease {
    borrowers += 1;
    shared ??= startBrowser();
    const browser = shared;
    // The first check reports it.
    browser.catch(() => {});
    return {
        browser,
        async giveBack() {
            borrowers -= 1;
            if (borrowers > 0) return;
            shared = undefined;
            await browser.then(running => running.close()).catch(() => {});
        }
    };
}

async function startBrowser(): Promise<Browser> {
    // Loaded only here: the checks of servers need no browser, and its library loads slowly.
    const { launchBrowser, NoBrowser } = await import('../browser/launch-browser.ts');
    try {
        return await launchBrowser();
    } catch (error) {
        if (!(error instanceof NoBrowser)) throw error;
        throw new Unreachable({
            en: `no browser starts\n${error.tried}`,
            fr: `aucun navigateur ne démarre\n${error.tried}`
        });
    }
}
