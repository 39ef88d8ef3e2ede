import { send, startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { test } from 'vitest';
import { connected, frames, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

async function openFaults(url: string): Promise<Page> {
    const page = await openPage(browser, url);
    await page.getByRole('tab', { name: 'Faults' }).click();
    return page;
}

async function openStreams(url: string): Promise<number> {
    return JSON.parse((await send(`${url}/health`)).body).connections;
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Waits until the card shows `text`, and returns all its text. */
async function told(page: Page, name: string, text: string | RegExp): Promise<string> {
    return await card(page, name).filter({ hasText: text }).innerText();
}

test.concurrent('a dropped stream is opened again, and the session continues', async ({ expect }) => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openFaults(server.url);
    const session = await connected(page);
    await button(page, 'Drop').click();
    const text = await told(page, 'Drop the stream', 'A good client');
    expect(text).toMatch(/stream dropped[\s\S]*open again, with Last-Event-ID: ….*:\d+[\s\S]*session resumed/);
    expect(await connected(page)).toBe(session);
    await page.close();
});

test.concurrent('without network a POST fails, and the stream is opened again', async ({ expect }) => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openFaults(server.url);
    const outage = card(page, 'Lose the network');
    await outage.getByLabel('Seconds').selectOption('1');
    await button(page, 'Cut the network').click();
    const text = await told(page, 'Lose the network', 'A good client');
    expect(text).toMatch(/POST ping[\s\S]*no answer[\s\S]*open again[\s\S]*session resumed/);
    expect(await frames(page).innerText()).toContain('no answer');
    await page.close();
});

test.concurrent('a server that injects no faults says how to enable them, and the other faults work', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openFaults(server.url);
    await page.getByText('TEACHING_FAULTS=true npm start').waitFor();
    for (const name of ['Drop', 'Cut the network', 'Stall', 'Forget this session']) {
        const idle = button(page, name);
        expect(await idle.getAttribute('aria-disabled')).toBe('true');
    }
    await button(page, 'Send a wrong token').click();
    expect(await told(page, 'Wrong token', 'requires no token')).toMatch(/answered 202 Accepted[\s\S]*reply on/);

    // Over HTTP/1.1 the ping waits until a stream is closed. The others are closed with the view.
    await button(page, 'Take all connections').click();
    await card(page, 'Too many tabs').getByText('The ping waits in the browser').waitFor();
    expect(await told(page, 'Too many tabs', 'open streams: 5')).toMatch(
        /5 × stream open[\s\S]*POST ping(?![\s\S]*answered)/
    );
    expect(await frames(page).innerText()).toMatch(/sent\s*…\s*POST \/messages[^{]*\{[^}]*"ping"/);
    await button(page, 'Close one stream').click();
    const text = await told(page, 'Too many tabs', 'The server did not receive the POST');
    expect(text).toMatch(/closed by the page[\s\S]*answered 202[\s\S]*reply on/);
    await page.getByRole('tab', { name: 'Tools' }).click();
    await expect.poll(() => openStreams(server.url)).toBe(1);
    await page.getByRole('tab', { name: 'Faults' }).click();
    await told(page, 'Too many tabs', 'open streams: 0');

    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Connect this session first').waitFor();
    expect(await button(page, 'Take all connections').getAttribute('aria-disabled')).toBe('true');
    await page.close();
});

test.concurrent('a wrong token is rejected with a challenge, and a stalled stream delivers everything at once', async ({
    expect
}) => {
    await using server = await startServer({ MCP_AUTH_TOKEN: 'open-sesame', TEACHING_FAULTS: 'true' });
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(server.url);
    await page.getByRole('textbox', { name: 'Token' }).fill('open-sesame');
    await button(page, 'Sign in').click();
    const session = await connected(page);
    await page.getByRole('tab', { name: 'Faults' }).click();
    await button(page, 'Send a wrong token').click();
    const text = await told(page, 'Wrong token', 'A good client');
    expect(text).toMatch(/answered 401 Unauthorized[\s\S]*WWW-Authenticate: Bearer/);
    expect(await connected(page)).toBe(session);

    // Nothing reaches the page for one second, then everything.
    const stall = card(page, 'Slow reader');
    await stall.getByLabel('Seconds').selectOption('1');
    await button(page, 'Stall').click();
    await stall.getByText('Nothing arrives on the stream').waitFor();
    const stalled = await told(page, 'Slow reader', 'A good client');
    expect(stalled).toMatch(
        /5 × POST tools\/call[\s\S]*5 × the POST is answered 202[\s\S]*\+1[.]\d\ss[\s\S]*5 × reply on the stream/
    );
    await page.close();
});
