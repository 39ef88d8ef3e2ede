import { setImmediate as nextTurn } from 'node:timers/promises';
import { startServer } from '@calc/testkit';
import { type Browser, launchBrowser } from '@calc/testkit/browser';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

const EVENTS = 10_000;
const MEBIBYTE = 1024 * 1024;

let browser: Browser;
beforeAll(async () => {
    browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

/** A server with one tool, which sends events by the thousand before it answers. */
function createFloodServer(): McpServer {
    const server = new McpServer({ name: 'flood', version: '1' }, { capabilities: { logging: {} } });
    server.registerTool('flood', {}, async ({ sendNotification }) => {
        for (let count = 1; count <= EVENTS; count++) {
            const data = `event ${count} of ${EVENTS}, as long as many a message is: ${'x'.repeat(100)}`;
            await sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
            if (count % 50 === 0) await nextTurn();
        }
        return { content: [{ type: 'text', text: 'all sent' }] };
    });
    return server;
}

/** Clicks the button of the language, and waits until the page has been drawn in the other one; in milliseconds. */
const SWITCH = `(async () => {
    const start = performance.now();
    document.querySelector('.title button').click();
    await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)));
    return performance.now() - start;
})()`;

test('10,000 events leave the page quick to answer, and its memory small', async () => {
    const forRequest = () => {
        throw new Error('the page has a session');
    };
    const servers = { forSession: createFloodServer, forRequest };
    await using server = await startServer({ MAX_BUFFERED_BYTES: String(64 * MEBIBYTE) }, { servers });
    const page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Call flood' }).click();
    const waits: number[] = [];
    const output = page.locator('output.result');
    while (!(await output.isVisible())) waits.push(await page.evaluate(SWITCH));
    for (let count = 0; count < 5; count++) waits.push(await page.evaluate(SWITCH));
    await page.locator('.frames').getByText(`event ${EVENTS} of`).waitFor();

    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('Performance.enable');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.POSITIVE_INFINITY;
    expect(heap).toBeLessThan(200 * MEBIBYTE);
    // Not the slowest: what else this machine does is not the page's fault.
    const median = waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)];
    expect(median).toBeLessThan(100);
    await page.close();
});
