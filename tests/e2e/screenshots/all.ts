import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startServer } from '@calc/test-helpers';
import { launchBrowser } from '@calc/test-helpers/browser';
import { ready, states } from './states.ts';

// Takes a picture of each state of the page in each size and theme, on the real server, into the folder `pictures`.
// Names of states as arguments choose some of them.

const PROJECTOR = { width: 1280, height: 720 };
const SIZES = [PROJECTOR, { width: 1920, height: 1080 }, { width: 768, height: 1024 }, { width: 390, height: 844 }];

const pictures = fileURLToPath(new URL('pictures/', import.meta.url));
const wanted = process.argv.slice(2);

mkdirSync(pictures, { recursive: true });
const browser = await launchBrowser();
try {
    for (const [name, reach] of Object.entries(states)) {
        if (wanted.length > 0 && !wanted.includes(name)) continue;
        await using server = await startServer({ TEACHING_FAULTS: 'true' });
        const page = await browser.newPage({ viewport: PROJECTOR, locale: 'en', reducedMotion: 'reduce' });
        await page.goto(server.url);
        await ready(page);
        const leave = await reach(page);
        for (const viewport of SIZES) {
            await page.setViewportSize(viewport);
            for (const colorScheme of ['light', 'dark'] as const) {
                await page.emulateMedia({ colorScheme });
                await page.screenshot({
                    path: `${pictures}${name}-${viewport.width}-${colorScheme}.png`,
                    caret: 'hide'
                });
            }
        }
        leave?.();
        console.log(`took ${name}`);
        await page.close();
    }
} finally {
    await browser.close();
}
