import { startServer } from '@calc/testkit';
import { type Browser, launchBrowser, type Page } from '@calc/testkit/browser';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { proves } from './proves.ts';

let browser: Browser;
beforeAll(async () => {
    browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

async function openPage(url: string): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(5000);
    await page.goto(url);
    await page
        .getByRole('status')
        .filter({ hasText: /^connected/i })
        .waitFor();
    return page;
}

async function add(page: Page, a: number, b: number): Promise<string> {
    const tool = page.getByRole('region', { name: 'Add two numbers add' });
    await tool.getByLabel('a', { exact: true }).fill(String(a));
    await tool.getByLabel('b', { exact: true }).fill(String(b));
    await tool.getByRole('button', { name: 'Call add' }).click();
    return await tool
        .getByRole('group', { name: 'Result of add' })
        .filter({ hasText: String(a + b) })
        .innerText();
}

proves(['page.served'], 'a real browser adds 2 and 3 over its own EventSource', async () => {
    await using server = await startServer();
    const page = await openPage(server.url);
    const failures: string[] = [];
    page.on('pageerror', error => failures.push(error.message));
    page.on('console', message => message.type() === 'error' && failures.push(message.text()));
    expect(await add(page, 2, 3)).toMatch(/\b5\b/);
    expect(await page.getByRole('list', { name: 'Wire' }).innerText()).toMatch(
        /endpoint[\s\S]*initialize[\s\S]*tools\/call/
    );
    expect(failures).toEqual([]);
    await page.close();
});

test('two tabs at once see their own replies only', async () => {
    await using server = await startServer();
    const [one, two] = await Promise.all([openPage(server.url), openPage(server.url)]);
    const [first, second] = await Promise.all([add(one, 20, 3), add(two, 400, 5)]);
    expect(first).toMatch(/\b23\b/);
    expect(second).toMatch(/\b405\b/);
    expect(await one.getByRole('list', { name: 'Wire' }).innerText()).not.toMatch('405');
    expect(await two.getByRole('list', { name: 'Wire' }).innerText()).not.toMatch(/"sum":\s*23\b/);
    await one.close();
    await two.close();
});
