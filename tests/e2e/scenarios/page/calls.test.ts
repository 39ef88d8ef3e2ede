import { connectClient, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect, test } from 'vitest';
import { add, connected, frames, openPage, shareBrowser } from '../../helpers/demo-page.ts';

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

test('two tabs and two clients at the same time get only their own replies', async () => {
    await using server = await startServer();
    await using third = await connectClient(server.sseUrl);
    await using fourth = await connectClient(server.sseUrl);
    const [one, two] = await Promise.all([openPage(browser, server.url), openPage(browser, server.url)]);
    const [first, second, ...sums] = await Promise.all([
        add(one, 20, 3),
        add(two, 400, 5),
        third.callTool({ name: 'add', arguments: { a: 6000, b: 7 } }),
        fourth.callTool({ name: 'add', arguments: { a: 80_000, b: 9 } })
    ]);
    expect(first).toMatch(/\b23\b/);
    expect(second).toMatch(/\b405\b/);
    expect(sums.map(({ structuredContent }) => structuredContent)).toEqual([{ sum: 6007 }, { sum: 80_009 }]);
    const replies = /"sum":\s*(\d+)/g;
    for (const [page, sum] of [
        [one, '23'],
        [two, '405']
    ] as const) {
        const wire = await frames(page).innerText();
        expect([...wire.matchAll(replies)].map(match => match[1])).toEqual([sum]);
        await page.close();
    }
});

test('a closed session can be connected again', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    expect(await add(page, 2, 3)).toMatch(/\b5\b/);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('status').filter({ hasText: 'closed' }).waitFor();
    await page.getByRole('button', { name: 'Connect session A', exact: true }).click();
    await connected(page);
    expect(await add(page, 20, 3)).toMatch(/\b23\b/);
    await page.close();
});
