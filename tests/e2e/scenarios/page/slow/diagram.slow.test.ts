import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { test } from 'vitest';
import { add, openPage, shareBrowser } from '../../../helpers/demo-page.ts';
import { diagram, row, selected } from '../../../helpers/diagram.ts';

const browser = await shareBrowser();

const EVENTS = 300;

function createTalkativeServer(): McpServer {
    const server = new McpServer({ name: 'talkative', version: '1' }, { capabilities: { logging: {} } });
    server.registerTool('talk', {}, async ({ sendNotification, _meta }) => {
        // Progress of a call of the user is not folded.
        const progressToken = _meta?.progressToken ?? '';
        for (let progress = 1; progress <= EVENTS; progress++) {
            await sendNotification({ method: 'notifications/progress', params: { progressToken, progress } });
        }
        return { content: [{ type: 'text', text: 'all said' }] };
    });
    return server;
}

test.concurrent('the text of a row is cut off only after its details', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 800 } });
    await page.getByRole('button', { name: 'Add session' }).click();
    await page.getByRole('tab', { name: 'Resources' }).click();
    await page.getByRole('button', { name: 'Subscribe clock' }).click();
    const text = page.locator('.seq-text', { hasText: 'notifications/resources/updated' }).first();
    await text.waitFor();
    // A fraction of a pixel causes an ellipsis, and scrollWidth is rounded.
    const [wanted, given] = await text.evaluate(node => {
        const range = node.ownerDocument.createRange();
        range.selectNodeContents(node);
        return [range.getBoundingClientRect().width, node.getBoundingClientRect().width];
    });
    expect(given).toBeGreaterThanOrEqual(Number(wanted));
    await page.close();
});

test.concurrent('a diagram that becomes lower still follows its end, even if a scroll event comes first', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 800 } });
    for (const sum of [1, 2, 3, 4, 5]) await add(page, sum, 0);
    const newest = page.locator('.diagram').getByRole('button', { name: 'Newest' });
    await page.locator('.diagram-scroll').evaluate(node => {
        node.style.maxHeight = `${node.clientHeight - 100}px`;
        node.dispatchEvent(new Event('scroll'));
    });
    await add(page, 6, 0);
    expect(await newest.count()).toBe(0);
    await page.locator('.diagram-scroll').evaluate(node => node.scrollTo(0, 0));
    await newest.waitFor();
    await page.close();
});

test.concurrent('a long record has only visible rows in the document, keeps the scroll position, and the keyboard reaches all rows', async ({
    expect
}) => {
    const forRequest = () => {
        throw new Error('the page has a session');
    };
    await using server = await startServer({}, { servers: { forSession: createTalkativeServer, forRequest } });
    const page = await openPage(browser, server.url, {
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 800 }
    });
    const talk = async () => {
        await page.getByRole('button', { name: 'Call talk' }).click();
        await page.locator('output.result').waitFor();
    };
    await talk();
    await row(page, /result, request 3/).waitFor();
    const rows = diagram(page).getByRole('option');
    const size = Number(await rows.first().getAttribute('aria-setsize'));
    expect(size).toBeGreaterThan(EVENTS);
    expect(await rows.last().getAttribute('aria-posinset')).toBe(String(size));
    expect(await rows.count()).toBeLessThan(60);

    // The keyboard continues from the selected row, at first the newest.
    await diagram(page).focus();
    const place = async () => Number(await selected(page).getAttribute('aria-posinset'));
    const press = async (key: string) => {
        await page.keyboard.press(key);
        expect(await diagram(page).getAttribute('aria-activedescendant')).toBe(await selected(page).getAttribute('id'));
        return await place();
    };
    expect(await press('ArrowUp')).toBe(size);
    expect(await press('ArrowUp')).toBe(size - 1);
    expect(await press('PageUp')).toBeLessThan(size - 5);
    expect(await press('Home')).toBe(1);
    await row(page, /GET \/sse\b/).waitFor();
    expect(await page.locator('.seq-row').first().isVisible()).toBe(true);
    expect(await press('ArrowDown')).toBe(2);

    // New rows are added below the visible ones.
    await talk();
    await rows
        .first()
        .and(page.locator(`[aria-setsize="${size + EVENTS + 3}"]`))
        .waitFor();
    expect(await row(page, /GET \/sse\b/).isVisible()).toBe(true);
    const newest = page.locator('.diagram').getByRole('button', { name: 'Newest' });
    await newest.click();
    await row(page, /result, request 4/).waitFor();
    expect(await newest.count()).toBe(0);
    await diagram(page).focus();
    await press('End');
    while ((await press('PageUp')) > 1);
    expect(await countNodes(page), 'with the rows that have left the document').toBeLessThan(4000);
    await page.close();
});

/** The number of nodes in memory, including those outside the document. */
async function countNodes(page: Page): Promise<number> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('Performance.enable');
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'Nodes')?.value ?? Number.NaN;
}
