import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startJokeApi, startServer } from '@calc/test-helpers';
import { launchBrowser, type Page } from '@calc/test-helpers/browser';
import { play } from './scene.ts';

// Takes pictures of the page in the middle of a lesson, on the real server, into the folder `pictures`, and from them
// the one in docs/images.

const SIZES = [
    { width: 390, height: 844 },
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 }
];
const THEMES = ['light', 'dark'] as const;
const SHOWN = '1920-light';

const pictures = fileURLToPath(new URL('pictures/', import.meta.url));
const shown = fileURLToPath(new URL('../../../docs/images/page.webp', import.meta.url));

mkdirSync(pictures, { recursive: true });
const browser = await launchBrowser();
try {
    for (const viewport of SIZES) {
        await using jokes = await startJokeApi('hangs');
        await using server = await startServer({ TEACHING_FAULTS: 'true', JOKE_API_URL: jokes.url });
        const page = await browser.newPage({ viewport, locale: 'en', timezoneId: 'UTC', reducedMotion: 'reduce' });
        await play(page, server.url, jokes);
        for (const colorScheme of THEMES) {
            await page.emulateMedia({ colorScheme });
            const name = `${viewport.width}-${colorScheme}`;
            await page.screenshot({ path: `${pictures}${name}.png`, caret: 'hide' });
            if (name === SHOWN) writeFileSync(shown, await takeSmall(page));
            console.log(`took ${name}.png`);
        }
        await page.close();
    }
} finally {
    await browser.close();
}

/** The same picture as WebP, which Playwright does not make: letters stay sharp at this quality. */
async function takeSmall(page: Page): Promise<Buffer> {
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 90 });
    await devtools.detach();
    return Buffer.from(data, 'base64');
}
