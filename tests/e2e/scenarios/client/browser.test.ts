import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCutting, startServer } from '@calc/test-helpers';
import { build } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { shareBrowser } from '../../helpers/demo-page.ts';

const browser = await shareBrowser();
let bundle: string;
beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'client-bundle-'));
    await build({
        configFile: false,
        logLevel: 'error',
        resolve: { conditions: ['@calc/source', 'module', 'browser', 'production'] },
        build: {
            outDir: folder,
            lib: {
                entry: fileURLToPath(new URL('../../helpers/client-page.ts', import.meta.url)),
                formats: ['es'],
                fileName: () => 'client.mjs'
            }
        }
    });
    bundle = await readFile(join(folder, 'client.mjs'), 'utf8');
    await rm(folder, { recursive: true });
}, 60_000);

test('in a real browser, bundled, the client resumes after a cut and is answered', async () => {
    // Nothing of node is in it.
    expect(/["']node:|__vite-browser-external/.exec(bundle)).toBe(null);
    await using server = await startServer();
    await using proxy = await startCutting(server.url);
    const page = await browser.newPage();
    await page.exposeFunction('cut', () => {
        proxy.cut();
    });
    // The bundle comes from the server's own origin, as far as the page can tell.
    await page.route('**/client.mjs', route => route.fulfill({ contentType: 'text/javascript', body: bundle }));
    await page.goto(`${proxy.url}/health`);
    const seen = await page.evaluate(`(async () => {
        const { addTwice } = await import('/client.mjs');
        return await addTwice(new URL('/sse', location.href), () => cut());
    })()`);
    expect(seen).toEqual({ sums: ['5', '7'], states: ['connecting', 'open', 'dropped', 'resumed', 'closed'] });
    await page.close();
});
