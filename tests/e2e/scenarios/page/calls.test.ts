import { startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { add, frames, openPage, shareBrowser } from '../../helpers/demo-page.ts';

const browser = await shareBrowser();

proves(['page.served'], 'a real browser adds 2 and 3 over EventSource', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const failures: string[] = [];
    page.on('pageerror', error => failures.push(error.message));
    page.on('console', message => message.type() === 'error' && failures.push(message.text()));
    expect(await add(page, 2, 3)).toMatch(/\b5\b/);
    expect(await frames(page).innerText()).toMatch(/endpoint[\s\S]*initialize[\s\S]*tools\/call/);
    expect(failures).toEqual([]);
    await page.close();
});
