import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startJokeApi, startServer } from '@calc/test-helpers';
import { launchBrowser } from '@calc/test-helpers/browser';
import { play } from './scene.ts';
import { takeWebp } from './take-webp.ts';

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
        await using server = await startServer({ TEACHING_FAULTS: 'true', ...jokes.env });
        const page = await browser.newPage({ viewport, locale: 'en', timezoneId: 'UTC', reducedMotion: 'reduce' });
        await play(page, server.url, jokes);
        for (const colorScheme of THEMES) {
            await page.emulateMedia({ colorScheme });
            const name = `${viewport.width}-${colorScheme}`;
            await page.screenshot({ path: `${pictures}${name}.png`, caret: 'hide' });
            if (name === SHOWN) writeFileSync(shown, await takeWebp(page));
            console.log(`took ${name}.png`);
        }
        await page.close();
    }
} finally {
    await browser.close();
}
