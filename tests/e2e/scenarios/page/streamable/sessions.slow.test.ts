import { readFile } from 'node:fs/promises';
import { createGate, openTunnel, startServer } from '@calc/test-helpers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { test } from 'vitest';
import {
    add,
    addStreamable,
    card,
    chooser,
    inPhase,
    openPage,
    openStreams,
    shareBrowser,
    watchRequests
} from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

test.concurrent('the same server over both transports: each card names its own, and calls work in both', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const seen = watchRequests(page, '/mcp');
    await addStreamable(page);
    await inPhase(page, 'B', 'open');
    expect(await card(page, 'A').innerText()).toMatch(/HTTP\+SSE\s*deprecated\s*2025-11-25/);
    expect(await card(page, 'B').innerText()).toMatch(/Streamable HTTP\s*2025-11-25/);
    expect(await card(page, 'B').innerText()).not.toContain('deprecated');
    await add(page, 400, 5);
    await page.getByRole('option', { name: /session B, server to browser: result, request 6/ }).waitFor();
    await chooser(page, 'A').click();
    await add(page, 20, 3);

    await expect.poll(() => seen.some(({ method }) => method === 'GET')).toBe(true);
    const [first, ...others] = seen;
    expect(first?.headers).toMatchObject({ accept: 'application/json, text/event-stream' });
    expect(first?.headers['mcp-session-id']).toBeUndefined();
    const [id] = new Set(others.map(({ headers }) => headers['mcp-session-id']));
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const shown = await card(page, 'B').locator('.session-id').innerText();
    expect(id?.slice(0, 8)).toBe(shown);
    for (const { headers } of others) {
        expect(headers).toMatchObject({ 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' });
    }

    // The transcript has no whole id, neither of a URL nor of a header.
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Transcript' }).click();
    await page.getByRole('button', { name: 'Download' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect(text).toContain(`"mcp-session-id": "${shown}-0000`);
    expect(text).not.toContain(id);

    // Disconnecting ends the session at the server.
    await page.getByRole('button', { name: 'Disconnect session B' }).click();
    await page.getByRole('option', { name: /session B, server to browser: 204/ }).waitFor();
    expect(seen.at(-1)).toMatchObject({ method: 'DELETE', headers: { 'mcp-session-id': id } });
    expect(await openStreams(server.url)).toBe(1);
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

test.concurrent('streams of both transports break while a call waits: both resume, and both replies arrive', async ({
    expect
}) => {
    const gates = [createGate(), createGate()];
    const release = createGate();
    let calls = 0;
    const forSession = () => createWaitingServer(() => gates[calls++]?.open(), release.opened);
    const forRequest = () => {
        throw new Error('the page has sessions');
    };
    await using server = await startServer({}, { servers: { forSession, forRequest } });
    await using tunnel = await openTunnel(server.url);
    const page = await openPage(browser, tunnel.url);
    await addStreamable(page);
    await inPhase(page, 'B', 'open');
    const session = await card(page, 'B').locator('.session-id').innerText();
    const result = page.getByRole('group', { name: 'Result of wait' });
    for (const [index, key] of ['A', 'B'].entries()) {
        await chooser(page, key).click();
        await page.getByRole('button', { name: 'Call wait' }).click();
        await gates[index]?.opened;
    }
    const seen = watchRequests(page, '/mcp');
    // The stream of GET and the response to the call have both begun, and can be resumed.
    await page
        .getByRole('option', { name: /session B, server to browser: event id to resume from/ })
        .nth(1)
        .waitFor();

    tunnel.cut();
    await Promise.all([inPhase(page, 'A', 'dropped'), inPhase(page, 'B', 'dropped')]);
    expect(await card(page, 'B').getByRole('timer').innerText()).toMatch(/^reconnect/);
    release.open();
    await Promise.all([inPhase(page, 'A', 'resumed'), inPhase(page, 'B', 'resumed')]);
    await result.filter({ hasText: 'worth the wait' }).waitFor();
    await chooser(page, 'A').click();
    await result.filter({ hasText: 'worth the wait' }).waitFor();
    expect(await card(page, 'B').locator('.session-id').innerText()).toBe(session);
    expect(await card(page, 'A').innerText()).toContain('1 drop');
    expect(await card(page, 'B').innerText()).toContain('2 drops');
    const resumed = seen.filter(({ method, headers }) => method === 'GET' && headers['last-event-id'] !== undefined);
    expect(new Set(resumed.map(({ headers }) => headers['last-event-id']?.split(':')[1])).size).toBe(2);
    await page.close();
});

test.concurrent('faults of a session over Streamable HTTP, and why one makes no sense there', async ({ expect }) => {
    await using server = await startServer({ TEACHING_FAULTS: 'true' });
    const page = await openPage(browser, server.url);
    await addStreamable(page);
    await inPhase(page, 'B', 'open');
    await page.getByRole('tab', { name: 'Faults' }).click();
    const fault = (name: string) => page.getByRole('region', { name, exact: true });
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const told = (name: string, text: string) => fault(name).filter({ hasText: text }).innerText();
    const id = () => card(page, 'B').locator('.session-id').innerText();
    const before = await id();

    await press('Drop');
    expect(await told('Drop the stream', 'Mcp-Session-Id of every request')).toMatch(
        /stream dropped[\s\S]*open again, with Last-Event-ID: ….*:\d+[\s\S]*session resumed/
    );
    await fault('Lose the network').getByLabel('Seconds').selectOption('1');
    await press('Cut the network');
    expect(await told('Lose the network', 'A good client')).toMatch(
        /POST ping[\s\S]*no answer[\s\S]*open again[\s\S]*session resumed/
    );
    await press('Send to an unknown session');
    expect(await told('Unknown session', 'A good client')).toMatch(/answered 404 Not Found[\s\S]*"code":-32001/);
    await press('Send a wrong token');
    expect(await told('Wrong token', 'requires no token')).toMatch(/answered 200 OK[\s\S]*reply in the response/);
    expect(await id()).toBe(before);

    await press('Forget this session');
    expect(await told('Unknown session', 'without Mcp-Session-Id')).toMatch(
        /stream dropped[\s\S]*the GET is answered 404[\s\S]*new session[\s\S]*POST initialize/
    );
    await inPhase(page, 'B', 'open');
    expect(await id()).not.toBe(before);

    expect(await page.getByRole('button', { name: 'Stall', exact: true }).getAttribute('aria-disabled')).toBe('true');
    expect(await fault('Slow reader').innerText()).toContain('each reply comes in the response to its own POST');
    await page.close();
});
