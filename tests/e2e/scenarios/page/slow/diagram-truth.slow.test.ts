import { openTunnel, startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { add, openPage, pressAdd, shareBrowser } from '../../../helpers/demo-page.ts';
import { diagram, distanceToServer, row, selected, told } from '../../../helpers/diagram.ts';

const browser = await shareBrowser();

test.concurrent('a POST that waits for a connection stops short of the server, until its answer proves that it arrived', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('button', { name: 'Take all connections' }).click();
    const ping = row(page, /POST ping, request/);
    await page.getByText('The ping waits in the browser').waitFor();
    expect(await told(ping)).toEqual([
        expect.stringMatching(/^session A, browser to server: POST ping, request 6, not known yet whether it arrived$/)
    ]);
    expect(await distanceToServer(page, ping)).toBeGreaterThan(30);
    expect(await ping.locator('.seq-arrow-waiting').count()).toBe(1);
    // Six streams are open, and each has a band.
    expect(await page.locator('.diagram-tail .seq-band').count()).toBe(6);
    await ping.click();
    await page.getByRole('status', { name: 'About this row' }).getByText('There is no answer yet').waitFor();

    await page.getByRole('button', { name: 'Close all' }).click();
    await row(page, /POST ping, request 6, arrived: known/).waitFor();
    expect(Math.abs(await distanceToServer(page, ping))).toBeLessThan(3);
    await page.getByRole('status', { name: 'About this row' }).getByText('It arrived').waitFor();
    await page.close();
});

test.concurrent('in an outage no arrow reaches the server, and the failed attempts of two sessions share a row', async ({
    expect
}) => {
    await using server = await startServer();
    await using tunnel = await openTunnel(server.url);
    const page = await openPage(browser, tunnel.url);
    await page.getByRole('button', { name: 'Another server' }).click();
    await page.getByLabel('Address of the stream').fill(`${tunnel.url}/sse`);
    await page.getByRole('button', { name: 'Open with fetch' }).click();
    await row(page, /session B, between browser and server: \d+ messages/).waitFor();
    await tunnel[Symbol.asyncDispose]();
    await row(page, /session B, in the browser: stream dropped/).waitFor();
    await pressAdd(page, 2, 3);
    await row(page, /session A, B, between browser and server: [4-9] attempts got no stream/).waitFor();

    const names = await told(diagram(page).getByRole('option'));
    const drop = names.findIndex(name => name.includes('stream dropped'));
    const rows = await diagram(page).getByRole('option').all();
    const lost = names.flatMap((name, index) => (index > drop && /browser to server/.test(name) ? [index] : []));
    expect(lost.length).toBeGreaterThan(0);
    for (const index of lost) {
        expect(names[index]).toMatch(/no answer: it may have arrived|not known yet whether it arrived/);
        const option = rows[index];
        if (option) expect(await distanceToServer(page, option)).toBeGreaterThan(30);
    }
    expect(
        await row(page, /POST tools\/call add/)
            .locator('.seq-arrow-doubt')
            .first()
            .textContent()
    ).toBe('?');
    // Two drops, and no more: a failed attempt is not a drop.
    expect(names.filter(name => name.includes('stream dropped'))).toHaveLength(2);
    await page.close();
});

test.concurrent('a fold opens and closes by click and by keyboard', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const folded = row(page, /between browser and server: \d+ messages: .*prompts\/list, folded, Enter opens$/);
    await folded.click();
    const first = row(page, /first of an open group, Enter closes it$/);
    await first.waitFor();
    expect(await page.locator('.seq-open-fold').count()).toBeGreaterThan(3);
    await first.locator('.seq-open-fold').click();
    await folded.waitFor();
    expect(await page.locator('.seq-open-fold').count()).toBe(0);

    await diagram(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await first.waitFor();
    expect(await selected(page).getAttribute('data-seq')).toBe(await first.getAttribute('data-seq'));
    // From any of its rows.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await folded.waitFor();
    expect(await folded.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowRight');
    await first.waitFor();
    await page.close();
});

test.concurrent('the handshake stays in view until the first call, however low the diagram is', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport: { width: 1280, height: 800 } });
    await row(page, /messages: .*prompts\/list/).waitFor();
    const scroller = page.locator('.diagram-scroll');
    await scroller.evaluate(node => {
        node.style.maxHeight = '200px';
        // By then the page has noticed.
        return new Promise(resolve => node.ownerDocument.defaultView?.requestAnimationFrame(() => setTimeout(resolve)));
    });
    expect(await scroller.evaluate(node => node.scrollTop)).toBe(0);
    await row(page, /GET \/sse/).waitFor();
    await add(page, 2, 3);
    await row(page, /result, request 6/).waitFor();
    await expect
        .poll(() => scroller.evaluate(node => Math.round(node.scrollHeight - node.clientHeight - node.scrollTop)))
        .toBe(0);
    await page.close();
});

const MCP = 'http://localhost:3001/mcp';
const STREAM = { 'content-type': 'text/event-stream' };
const toJson = (message: object) => JSON.stringify({ jsonrpc: '2.0', ...message });

/** A session of Streamable HTTP: one reply as JSON, and one on a stream that breaks and is continued by a GET. */
const STREAMABLE = [
    { kind: 'connecting', url: MCP, reader: 'raw' },
    { kind: 'opened', lastEventId: '', headers: STREAM },
    { kind: 'post', number: 1, url: MCP, body: toJson({ id: 1, method: 'tools/call', params: { name: 'add' } }) },
    { kind: 'answered', number: 1, status: 200, statusText: 'OK', headers: { 'content-type': 'application/json' } },
    { kind: 'json', number: 1, data: toJson({ id: 1, result: {} }) },
    { kind: 'post', number: 2, url: MCP, body: toJson({ id: 2, method: 'tools/call', params: { name: 'slow' } }) },
    { kind: 'answered', number: 2, status: 200, statusText: 'OK', headers: STREAM, stream: true },
    { kind: 'event', event: 'message', id: 's:2:1', data: toJson({ method: 'notifications/progress' }), post: 2 },
    { kind: 'ended', number: 2, detail: 'network error', resumes: true },
    { kind: 'reconnecting', url: MCP, lastEventId: 's:2:1', post: 2 },
    { kind: 'opened', lastEventId: 's:2:1', post: 2, headers: STREAM },
    { kind: 'event', event: 'message', id: 's:2:2', data: toJson({ id: 2, result: {} }), post: 2 },
    { kind: 'ended', number: 2 },
    { kind: 'closed', reason: 'asked' }
];

test.concurrent('the answers of Streamable HTTP have short bands, which a drop tears and an orderly end closes', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const facts = STREAMABLE.map((fact, index) => ({ session: 'A', at: 1_780_000_000_000 + index, ...fact }));
    const text = JSON.stringify({ format: 'mcp-wire-transcript', version: 1, facts });
    const file = { name: 'streamable.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await row(page, /closed by the page/).waitFor();

    expect(await told(diagram(page).getByRole('option'))).toEqual([
        'browser to server: GET /mcp, arrived: known … later',
        'server to browser: 200, stream open, text/event-stream',
        'browser to server: POST tools/call add, request 1, arrived: known … later',
        'server to browser: 200 OK, request 1, application/json',
        'server to browser: result, request 1, after …',
        'browser to server: POST tools/call slow, request 2, arrived: known … later',
        'server to browser: 200 OK, request 2, text/event-stream',
        'server to browser: notifications/progress, event s:2:1',
        'in the browser: response broke off, network error',
        'browser to server: GET /mcp, arrived: known … later, Last-Event-ID: s:2:1',
        'server to browser: 200, open again after …, text/event-stream',
        'server to browser: result, request 2, after …, event s:2:2',
        'server to browser: response ended',
        'in the browser: closed by the page'
    ]);
    // The reply as JSON comes from the server itself, that on the stream from its band.
    const [json, event] = [row(page, /result, request 1,/), row(page, /result, request 2,/)];
    expect(Math.abs(await distanceToServer(page, json))).toBeLessThan(3);
    expect(await distanceToServer(page, event)).toBeLessThan(-10);
    const ends = page.locator('.seq-band-end');
    expect(await ends.count()).toBe(3);
    expect(
        await row(page, /response broke off/)
            .locator('.seq-band-torn, .seq-tear')
            .count()
    ).toBe(2);
    expect(
        await row(page, /response ended|closed by the page/)
            .locator('.seq-band-torn')
            .count()
    ).toBe(0);
    await page.close();
});

test.concurrent('the note of a row is reached by keyboard, and explains its two numbers', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await add(page, 2, 3);
    const reply = row(page, /result, request 6, .*event …:\d+/);
    await reply.waitFor();
    await diagram(page).focus();
    const note = page.getByRole('status', { name: 'About this row' });
    expect(await note.innerText()).toBe('');
    await page.keyboard.press('End');
    while ((await reply.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowUp');
    expect(await note.innerText()).toMatch(/request 6 is the JSON-RPC id.*event …:\d+ is the place on the stream/);
    const isSeen = await reply.evaluate(node => {
        const scroller = node.closest('.diagram-scroll')?.getBoundingClientRect();
        return node.getBoundingClientRect().bottom <= (scroller?.bottom ?? 0) + 1;
    });
    expect(isSeen, 'the note hides no row').toBe(true);
    await page.keyboard.press('Escape');
    expect(await note.innerText()).toBe('');
    await page.close();
});
