import { type Browser, chromium } from 'playwright-core';
import { fitsMachine, launchPackaged } from './packaged-chromium.ts';

export type { Browser, CDPSession, Locator, Page } from 'playwright-core';

/** No browser starts on this machine. */
export class NoBrowser extends Error {
    override name = 'NoBrowser';
    /** What was tried and why it failed, one browser a line. */
    readonly tried: string;

    constructor(tried: string) {
        super(`No browser starts. Install Google Chrome or Microsoft Edge, or set CHROMIUM_PATH.\n${tried}`);
        this.tried = tried;
    }
}

/**
 * Starts a headless browser; the caller closes it. The browser that `CHROMIUM_PATH` names, if it is set; otherwise the
 * first that starts: the Chromium that `npm ci` brought, an installed Chrome, an installed Edge.
 *
 * @throws NoBrowser if none starts.
 */
export async function launchBrowser(): Promise<Browser> {
    const reasons: string[] = [];
    for (const [name, launch] of browsers()) {
        try {
            return await launch();
        } catch (error) {
            const [reason] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
            reasons.push(`${name}: ${reason}`);
        }
    }
    throw new NoBrowser(reasons.join('\n'));
}

function browsers(): [string, () => Promise<Browser>][] {
    const { CHROMIUM_PATH } = process.env;
    if (CHROMIUM_PATH) return [['CHROMIUM_PATH', () => chromium.launch({ executablePath: CHROMIUM_PATH })]];
    const installed: [string, () => Promise<Browser>][] = [
        ['Google Chrome', () => chromium.launch({ channel: 'chrome' })],
        ['Microsoft Edge', () => chromium.launch({ channel: 'msedge' })]
    ];
    return fitsMachine ? [['Chromium of npm ci', launchPackaged], ...installed] : installed;
}
