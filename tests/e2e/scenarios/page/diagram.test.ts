import { openTunnel, startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { add, openPage, shareBrowser } from '../../helpers/demo-page.ts';
import { diagram, distanceToServer, middleOf, rightOf, row, told } from '../../helpers/diagram.ts';

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
