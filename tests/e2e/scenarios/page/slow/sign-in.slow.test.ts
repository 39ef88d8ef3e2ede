import { openTunnel, startServer } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { add, connected, frames, pressAdd } from '../../../helpers/demo-page.ts';
import { MCP_AUTH_TOKEN, openPage, openStreams, reasonToSignIn, signIn, status, tokenField } from './sign-in-form.ts';

const TWELVE_HOURS_MS = 12 * 60 * 60 * 1000;

test.concurrent('without a required token, nothing about signing in is shown', async () => {
    await using server = await startServer();
    const { page, complaints } = await openPage(server.url);
    await connected(page);
    await add(page, 2, 3);
    expect(
        await page
            .getByText(/sign (in|out)|\btoken/i)
            .filter({ visible: true })
            .count()
    ).toBe(0);
    expect(await tokenField(page).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
});

test.concurrent('under a path prefix, with or without its slash, the page signs in and out', async () => {
    await using server = await startServer({ MCP_AUTH_TOKEN, BASE_PATH: '/calc' });
    const { page, complaints } = await openPage(`${server.url}/calc`);
    expect(new URL(page.url()).pathname).toBe('/calc/');
    await signIn(page);
    await connected(page);
    await add(page, 2, 3);
    expect(await frames(page).innerText()).toMatch(/GET \/calc\/sse[\s\S]*POST \/calc\/messages/);
    expect(await page.context().cookies()).toMatchObject([{ path: '/calc' }]);
    await page.reload();
    await connected(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await reasonToSignIn(page)).toBe('');
    expect(await page.context().cookies()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
});

test.concurrent('after a restart of the server, the page says so and asks for the token again', async () => {
    await using before = await startServer({ MCP_AUTH_TOKEN });
    await using after = await startServer({ MCP_AUTH_TOKEN });
    await using tunnel = await openTunnel(before.url);
    const { page } = await openPage(tunnel.url);
    await signIn(page);
    const session = await connected(page);
    tunnel.cut(after.url);
    expect(await reasonToSignIn(page)).toMatch('the server was restarted');
    await signIn(page);
    expect(await connected(page)).not.toBe(session);
    await add(page, 2, 3);
    await page.close();
});

test.concurrent('an expired sign-in is noticed at the next call, and the input stays', async ({ expect }) => {
    let now = new Date('2026-01-02T03:04:05Z');
    await using server = await startServer({ MCP_AUTH_TOKEN }, { now: () => now });
    const { page, complaints } = await openPage(server.url);
    await signIn(page);
    await connected(page);
    await add(page, 2, 3);
    now = new Date(now.getTime() + TWELVE_HOURS_MS);
    await pressAdd(page, 40, 5);
    expect(await reasonToSignIn(page)).toMatch('the sign-in expired');
    await signIn(page);
    await connected(page);
    await page.getByRole('group', { name: 'Result of add' }).filter({ hasText: 'sign in and call again' }).waitFor();
    await page.getByRole('button', { name: 'Call add' }).click();
    await page
        .getByRole('group', { name: 'Result of add' })
        .filter({ hasText: /sum\s*45\b/ })
        .waitFor();
    expect(complaints).toEqual([
        '/messages Failed to load resource: the server responded with a status of 401 (Unauthorized)'
    ]);

    // If signing out fails, the page does not pretend that it worked.
    await page.route('**/logout', route => route.abort());
    await page.getByRole('button', { name: 'Sign out' }).click();
    await status(page, /closed\s*the server cannot be reached/).waitFor();
    expect(await tokenField(page).isVisible()).toBe(false);
    await expect.poll(() => openStreams(server.url)).toBe(0);
    await page.close();
});
