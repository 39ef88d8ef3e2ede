import { openTunnel, send, startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { add, connected, frames } from '../../helpers/demo-page.ts';
import { MCP_AUTH_TOKEN, openPage, openStreams, reasonToSignIn, signIn, status } from './slow/sign-in-form.ts';

test.concurrent('the page sends the token once, survives a dropped stream, and signs out', async ({ expect }) => {
    await using server = await startServer({ MCP_AUTH_TOKEN });
    await using tunnel = await openTunnel(server.url);
    const { page, complaints } = await openPage(tunnel.url);

    expect(await reasonToSignIn(page)).toBe('');
    await signIn(page, 'open-barley');
    const alert = page.getByRole('alert').filter({ hasText: 'Not signed in: the token is not valid' });
    await alert.waitFor();
    expect(await page.locator('#token:focus').count()).toBe(1);
    await page.keyboard.type(MCP_AUTH_TOKEN);
    await page.keyboard.press('Enter');

    const session = await connected(page);
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Tools');
    await add(page, 2, 3);
    const kept: string = await page.evaluate(`JSON.stringify([
        location.href, document.cookie, localStorage, sessionStorage, history.state,
        document.documentElement.outerHTML, [...document.querySelectorAll('input')].map(({ value }) => value)
    ])`);
    expect(kept).not.toContain(MCP_AUTH_TOKEN);
    expect(kept).not.toContain('calc_sign_in');
    const [cookie, ...others] = await page.context().cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });

    tunnel.cut();
    await status(page, /dropped/).waitFor();
    expect(await connected(page)).toBe(session);
    await add(page, 40, 5);
    const seen = await frames(page).innerText();
    expect(seen.match(/"method":"initialize"/g)).toHaveLength(1);
    const endpoints = [...seen.matchAll(/data: (\/messages\?sessionId=\S+)/g)].map(([, endpoint]) => endpoint);
    expect([endpoints.length, new Set(endpoints).size]).toEqual([2, 1]);

    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await reasonToSignIn(page)).toBe('');
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.locator('body').textContent()).not.toMatch(/sessionId|Add two numbers/);
    const headers = { Cookie: `${cookie?.name}=${cookie?.value}`, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 99, method: 'ping' });
    expect((await send(server.sseUrl, { headers })).status).toBe(401);
    expect((await send(server.url + endpoints[0], { method: 'POST', headers, body })).status).toBe(401);
    await expect.poll(() => openStreams(server.url)).toBe(0);

    // The message of Chromium for the wrong token. It logs nothing for the cut connection.
    expect(complaints).toEqual([
        '/login Failed to load resource: the server responded with a status of 401 (Unauthorized)'
    ]);
    await page.close();
});
