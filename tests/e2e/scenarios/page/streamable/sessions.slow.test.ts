import { startServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { addStreamable, card, inPhase, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

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
