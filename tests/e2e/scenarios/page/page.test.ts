import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { connected, shareBrowser } from '../../helpers/demo-page.ts';

/** With gzip, in bytes: what opening the page loads, and all files, also those for later. */
const BUDGET = { opened: 75_000, all: 90_000 };

const browser = await shareBrowser();

test('opening the page loads less than 75 KB with gzip, and all its parts are less than 90 KB', async () => {
    await using server = await startServer();
    const page = await browser.newPage();
    const opened: Promise<Buffer>[] = [];
    page.on('response', response => {
        if (/\/$|\.(js|css|svg)$/.test(new URL(response.url()).pathname)) opened.push(response.body());
    });
    await page.goto(server.url);
    await connected(page);
    const size = (files: Buffer[]) => files.reduce((sum, file) => sum + gzipSync(file).length, 0);
    expect(opened.length).toBeGreaterThanOrEqual(3);
    expect(size(await Promise.all(opened))).toBeLessThan(BUDGET.opened);
    await page.close();

    const manifest = createRequire(import.meta.resolve('@calc/sse-server')).resolve('@calc/browser-demo/package.json');
    const dist = join(dirname(manifest), 'dist');
    const files = readdirSync(dist, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && !entry.name.endsWith('.map'))
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    expect(files.length).toBeGreaterThan(opened.length);
    expect(size(files)).toBeLessThan(BUDGET.all);
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
    expect([await languageOf(page), await page.title()]).toEqual(['fr', 'Calculatrice MCP\u00a0: outils et échanges']);
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
