import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startServer } from '@calc/test-helpers';
import { type Browser, launchBrowser, type Page } from '@calc/test-helpers/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connected } from '../../helpers/demo-page.ts';

const BUDGET_BYTES = 75_000;

let browser: Browser;
beforeAll(async () => {
    browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

test('everything that the page loads is less than 75 KB with gzip', () => {
    const manifest = createRequire(import.meta.resolve('@calc/sse-server')).resolve('@calc/browser-demo/package.json');
    const dist = join(dirname(manifest), 'dist');
    const files = readdirSync(dist, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && !entry.name.endsWith('.map'))
        .map(({ parentPath, name }) => join(parentPath, name));
    expect(files.filter(name => /\.(html|js|css)$/.test(name)).length).toBeGreaterThanOrEqual(3);
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(name)).length, 0);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
});

test('the page loads nothing from other origins', async () => {
    await using server = await startServer();
    const page = await browser.newPage();
    const origins = new Set<string>();
    page.on('request', request => origins.add(new URL(request.url()).origin));
    await page.goto(server.url);
    await connected(page);
    expect([...origins]).toEqual([server.url]);
    await page.close();
});

const languageOf = (page: Page): Promise<string> => page.evaluate('document.documentElement.lang');

test('the page uses the language of the browser, and stores the choice of the user', async () => {
    await using server = await startServer();
    const context = await browser.newContext({ locale: 'fr-CA' });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('status', { name: 'Session A' }).filter({ hasText: 'ouverte' }).waitFor();
    expect([await languageOf(page), await page.title()]).toEqual(['fr', 'Calculatrice MCP : outils et échanges']);
    const tool = page.getByRole('region', { name: 'Add two numbers add' });
    await tool.getByLabel('a', { exact: true }).fill('2');
    await tool.getByRole('button', { name: 'Appeler add' }).click();
    await tool.getByText('b est obligatoire').waitFor();

    await page.getByRole('button', { name: 'English' }).click();
    // Visible messages change their language, and the input stays.
    await tool.getByText('b is required').waitFor();
    expect(await tool.getByLabel('a', { exact: true }).inputValue()).toBe('2');
    await page.reload();
    await connected(page);
    expect(await languageOf(page)).toBe('en');
    await context.close();
});
