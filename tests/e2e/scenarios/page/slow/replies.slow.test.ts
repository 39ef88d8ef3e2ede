import { connectClient, createGate, openTunnel, startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { test } from 'vitest';
import { add, card, chooser, connected, frames, inPhase, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

async function openAnother(page: Page, address: string, reader: 'EventSource' | 'fetch'): Promise<void> {
    await page.getByRole('button', { name: 'Another server' }).click();
    await page.getByLabel('Address of the stream').fill(address);
    await page.getByRole('button', { name: `Open with ${reader}` }).click();
}

/** The replies that the page's EventSources receive, by stream and id. */
async function watchReplies(page: Page) {
    const streams = new Map<string, Map<unknown, unknown>>();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    devtools.on('Network.eventSourceMessageReceived', ({ requestId, eventName, data }) => {
        if (eventName !== 'message') return;
        const replies = streams.get(requestId) ?? new Map();
        const { id, result } = JSON.parse(data);
        streams.set(requestId, replies.set(id, result.structuredContent?.sum));
    });
    return streams;
}

test.concurrent('two sessions of one page use the same ids, and each shows only its own replies', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    const streams = await watchReplies(page);
    await page.goto(server.url);
    await inPhase(page, 'A', 'open');
    await page.getByRole('button', { name: 'Add session' }).click();
    await inPhase(page, 'B', 'open');
    expect(await chooser(page, 'B').getAttribute('aria-pressed')).toBe('true');
    await add(page, 400, 5);
    await chooser(page, 'A').click();
    expect(await page.getByRole('group', { name: 'Result of add' }).count()).toBe(0);
    await add(page, 20, 3);
    const result = page.getByRole('group', { name: 'Result of add' });
    await chooser(page, 'B').click();
    expect(await result.innerText()).toMatch(/\b405\b/);
    await chooser(page, 'A').click();
    expect(await result.innerText()).toMatch(/\b23\b/);
    // The id 1 was `initialize`, 2 to 5 listed what the server has.
    const sums = [...streams.values()].map(replies => [[...replies.keys()].sort(), replies.get(6)]);
    expect(sums).toEqual([
        [[1, 2, 3, 4, 5, 6], 23],
        [[1, 2, 3, 4, 5, 6], 405]
    ]);
    await page.close();
});

/** A server whose tool answers when the test allows it. */
function createWaitingServer(begun: () => void, released: Promise<void>): McpServer {
    const server = new McpServer({ name: 'waiting', version: '1' });
    server.registerTool('wait', {}, async () => {
        begun();
        await released;
        return { content: [{ type: 'text', text: 'worth the wait' }] };
    });
    return server;
}

test.concurrent('a dropped stream counts down and resumes, and the replies in the meantime arrive', async ({
    expect
}) => {
    const [called, release] = [createGate(), createGate()];
    const forSession = () => createWaitingServer(called.open, release.opened);
    const forRequest = () => {
        throw new Error('the page has sessions');
    };
    await using server = await startServer({}, { servers: { forSession, forRequest } });
    await using tunnel = await openTunnel(server.url);
    const page = await openPage(browser, tunnel.url, { reducedMotion: 'no-preference' });
    await openAnother(page, `${tunnel.url}/sse`, 'fetch');
    await inPhase(page, 'B', 'open');
    await page.getByRole('button', { name: 'Call wait' }).click();
    await called.opened;
    const id = card(page, 'B').locator('.session-id');
    const before = await id.innerText();
    expect(before).toMatch(/^[0-9a-f]{8}$/);

    tunnel.cut();
    await Promise.all([inPhase(page, 'A', 'dropped'), inPhase(page, 'B', 'dropped')]);
    // Here the reader knows the time. EventSource does not report it.
    const countdown = card(page, 'B').getByRole('timer');
    const first = await countdown.innerText();
    expect(first).toMatch(/^reconnects in \d\.\d s$/);
    expect(await card(page, 'A').getByRole('timer').innerText()).toMatch(/^reconnects in about \d\.\d s$/);
    const seconds = (text: string) => Number(text.match(/\d\.\d/)?.[0] ?? 0);
    await expect.poll(async () => seconds(await countdown.innerText())).toBeLessThan(seconds(first));
    // Screen readers do not announce the countdown.
    expect(await card(page, 'B').getByRole('status').innerText()).toBe('dropped');

    release.open();
    await Promise.all([inPhase(page, 'A', 'resumed'), inPhase(page, 'B', 'resumed')]);
    await page.getByRole('group', { name: 'Result of wait' }).filter({ hasText: 'worth the wait' }).waitFor();
    expect(await card(page, 'B').innerText()).toMatch(/waiting 1[\s\S]*fetch[\s\S]*1 drop/);
    expect(await page.getByRole('timer').count()).toBe(0);
    expect(await id.innerText()).toBe(before);
    await page.close();
});

test.concurrent('two tabs and two clients at the same time get only their own replies', async ({ expect }) => {
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

test.concurrent('a closed session can be connected again', async ({ expect }) => {
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
