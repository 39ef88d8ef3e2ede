import { openTunnel, startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { test } from 'vitest';
import { add, openPage, shareBrowser } from '../../../helpers/demo-page.ts';
import { diagram, distanceToServer, middleOf, rightOf, row, selected, told } from '../../../helpers/diagram.ts';

const browser = await shareBrowser();

test.concurrent('a call is three arrows, a drop is a gap, and a second session adds letters', async ({ expect }) => {
    await using server = await startServer({ HEARTBEAT_MS: '50' });
    await using tunnel = await openTunnel(server.url);
    const page = await openPage(browser, tunnel.url);
    await add(page, 2, 3);

    const exchange = row(page, /request 6\b/);
    // The row of the request changes when its arrival is known.
    await row(page, /tools\/call add, request 6, arrived/).waitFor();
    const [request, ...answers] = await told(exchange);
    expect(request).toBe('browser to server: POST tools/call add, request 6, arrived: known … later');
    // Either of these two may be first.
    expect(answers.sort()).toEqual([
        expect.stringMatching(/^server to browser: 202 Accepted, request 6, (POST|after its reply\?)$/),
        expect.stringMatching(/^server to browser: result, request 6, after …, event …:\d+$/)
    ]);
    // The POST and its answer are at the line of the server, the event comes out of the band next to it.
    const [left, band] = await Promise.all([
        middleOf(page.locator('.seq-browser')),
        page.locator('.seq-band').first().boundingBox()
    ]);
    for (const option of await exchange.all()) {
        const { x } = (await option.locator('.seq-arrow').boundingBox()) ?? { x: 0 };
        expect(x - Number(left)).toBeGreaterThanOrEqual(0);
        const isEvent = / event …/.test(await option.innerText());
        const line = option.locator('.seq-arrow > line');
        if (isEvent) expect(Math.abs((await rightOf(line)) - Number(band?.x))).toBeLessThan(3);
        else expect(Math.abs(await distanceToServer(page, option))).toBeLessThan(3);
    }

    await row(page, /POST tools\/call add/).click();
    expect((await told(page.locator('.seq-row.seq-out'))).sort()).toEqual([request, ...answers].sort());
    expect(await page.locator('.seq-row.seq-back').count()).toBeGreaterThan(3);

    // Pointing at another exchange highlights it for that time.
    await row(page, /result, request 1/).hover();
    expect((await told(page.locator('.seq-row.seq-out'))).join()).toMatch(/POST initialize, request 1/);
    await page.mouse.move(0, 0);
    expect((await told(page.locator('.seq-row.seq-out'))).sort()).toEqual([request, ...answers].sort());

    tunnel.cut();
    await row(page, /session resumed after/).waitFor();
    const names = await told(diagram(page).getByRole('option'));
    const drop = names.indexOf('in the browser: stream dropped');
    expect(names.slice(drop)).toEqual([
        'in the browser: stream dropped',
        expect.stringMatching(
            /^browser to server: GET \/sse, known now, arrived: known … later, Last-Event-ID: …:\d+$/
        ),
        'server to browser: 200, open again after …, text/event-stream',
        expect.stringMatching(/^server to browser: endpoint \/messages, event …:\d+$/),
        expect.stringMatching(/^in the browser: session resumed after event …:\d+$/)
    ]);
    // The drop tears the band, and the request with Last-Event-ID begins the next one.
    expect(
        await row(page, /stream dropped/)
            .locator('.seq-band-torn')
            .count()
    ).toBe(1);
    expect(
        await row(page, /Last-Event-ID/)
            .locator('.seq-band-begin')
            .count()
    ).toBe(1);
    expect(await page.locator('.seq-band-torn').count()).toBe(1);
    expect(await page.locator('.seq-torn').count()).toBe(3);

    // A second session, read with fetch: letters distinguish them, and heartbeats share a row.
    expect(await page.locator('.seq-session').count()).toBe(0);
    await page.getByRole('button', { name: 'Another server' }).click();
    await page.getByLabel('Address of the stream').fill(`${tunnel.url}/sse`);
    await page.getByRole('button', { name: 'Open with fetch' }).click();
    await row(page, /session B, server to browser: \d+ heartbeats/)
        .first()
        .waitFor();
    await row(page, /session B, between browser and server: \d+ messages: .*tools\/list/).waitFor();
    // Heartbeats have no arrows: they are ticks on the band.
    const beats = row(page, /session B, server to browser: \d+ heartbeats/).first();
    expect([await beats.locator('.seq-beat').count(), await beats.locator('.seq-arrow').count()]).toEqual([1, 0]);
    expect(new Set(await page.locator('.seq-session').allTextContents())).toContain('B');

    await page.getByRole('button', { name: 'Français' }).click();
    await page
        .getByRole('option', { name: /session A, du navigateur au serveur.*POST tools\/call add, requête 6, arrivée/ })
        .waitFor();
    await page.close();
});

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
