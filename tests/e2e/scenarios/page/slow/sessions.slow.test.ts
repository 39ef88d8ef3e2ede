import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { test } from 'vitest';
import { add, card, chooser, inPhase, openPage, pressAdd, shareBrowser } from '../../../helpers/demo-page.ts';
import { serveWithCors } from '../../../helpers/tutorial-with-cors.ts';

const browser = await shareBrowser();

async function openAnother(page: Page, address: string, reader: 'EventSource' | 'fetch'): Promise<void> {
    await page.getByRole('button', { name: 'Another server' }).click();
    await page.getByLabel('Address of the stream').fill(address);
    await page.getByRole('button', { name: `Open with ${reader}` }).click();
}

test.concurrent('without sessions the page says what to do, and each session has one colour in all views', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await page.getByRole('button', { name: 'Add session' }).click();
    await inPhase(page, 'B', 'open');
    await page.getByRole('option', { name: /session B, between browser and server: 12 messages/ }).waitFor();
    for (const key of ['B', 'A']) await page.getByRole('button', { name: `Remove session ${key}` }).click();
    await page.getByRole('option', { name: /session A, in the browser: closed by the page/ }).waitFor();
    expect(await page.locator('.seq-session[data-colour]').count()).toBe(0);
    for (const name of ['Tools', 'Resources', 'Prompts', 'Faults']) {
        await page.getByRole('tab', { name }).click();
        await page.getByRole('tabpanel', { name }).getByText('Add a session').waitFor();
    }
    await page.close();
});

test.concurrent('a server of the SDK works by its address, with a new session after its stream breaks', async ({
    expect
}) => {
    await using server = await startServer({ MCP_AUTH_TOKEN: 'open-sesame' });
    await using lesson = await serveWithCors(origin => origin === server.url);
    await using closed = await serveWithCors(() => false);
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(server.url);
    await page.getByLabel('Token', { exact: true }).fill('open-sesame');
    await page.keyboard.press('Enter');
    await inPhase(page, 'A', 'open');

    await openAnother(page, `${new URL(lesson.url).host}/sse`, 'EventSource');
    await inPhase(page, 'B', 'open');
    expect(await card(page, 'B').innerText()).toMatch(/lesson 2\.1\.0[\s\S]*127\.0\.0\.1:/);
    const sum = (text: string) => page.getByRole('group', { name: 'Result of add' }).filter({ hasText: text });
    await pressAdd(page, 2, 3);
    await sum('the sum is 5').waitFor();
    const id = () => card(page, 'B').locator('.session-id').innerText();
    const before = await id();

    // At the same time: a server that does not allow this page, with either reader.
    await openAnother(page, closed.sseUrl, 'EventSource');
    await inPhase(page, 'C', 'closed');
    const advice = `no answer that this page can read; check the address, that the server is running, and that it allows ${server.url}`;
    expect(await card(page, 'C').getByRole('status').innerText()).toContain(advice);
    await openAnother(page, closed.sseUrl, 'fetch');
    await inPhase(page, 'D', advice);

    await chooser(page, 'B').click();
    lesson.breakAll();
    await inPhase(page, 'B', 'dropped');
    await inPhase(page, 'B', 'open');
    expect(await id()).not.toBe(before);
    await pressAdd(page, 40, 5);
    await sum('the sum is 45').waitFor();

    // The cookie belongs to the same host, but goes to its own server only.
    expect(await page.context().cookies(lesson.url)).toHaveLength(1);
    const headers = [...lesson.seen, ...closed.seen];
    expect(headers.filter(({ cookie, authorization }) => cookie !== undefined || authorization !== undefined)).toEqual(
        []
    );
    await page.close();
});

test.concurrent('sessions can be added, selected, closed and removed with the keyboard', async ({ expect }) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const focused = (): Promise<string> =>
        page.evaluate(`(({ ariaLabel, textContent }) => ariaLabel ?? textContent)(document.activeElement)`);
    const press = async (...keys: string[]): Promise<void> => {
        for (const key of keys) await page.keyboard.press(key);
    };
    await chooser(page, 'A').focus();
    await press('Tab', 'Tab', 'Tab', 'Tab');
    expect(await focused()).toBe('Add session');
    await press('Enter');
    await inPhase(page, 'B', 'open');
    expect(await focused()).toBe('Add session');

    // An invalid address is reported.
    await press('Tab', 'Tab', 'Enter');
    await page.keyboard.type('ftp://calc.example');
    await press('Enter');
    await page.getByRole('alert').filter({ hasText: 'begins with http:// or https://' }).waitFor();
    expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    await press('Escape');
    expect([await focused(), await page.getByRole('form').count()]).toEqual(['Another server…', 0]);
    // The field contains the page's own server, so one click opens it with the other reader.
    await press('Enter', 'Tab', 'Tab', 'Enter');
    await inPhase(page, 'C', 'open');
    expect([await focused(), await card(page, 'C').innerText()]).toEqual([
        'Another server…',
        expect.stringMatching(/mcp-calculator[\s\S]*fetch/)
    ]);

    await chooser(page, 'B').focus();
    await press('Space');
    expect(await chooser(page, 'B').getAttribute('aria-pressed')).toBe('true');
    expect(await chooser(page, 'C').getAttribute('aria-pressed')).toBe('false');
    await press('Tab', 'Tab', 'Enter');
    await inPhase(page, 'B', 'closed');
    expect(await focused()).toBe('Connect session B');
    await press('Enter');
    await inPhase(page, 'B', 'open');

    await press('Tab', 'Enter');
    expect([await focused(), await chooser(page, 'B').count()]).toEqual(['Session C', 0]);
    expect(await chooser(page, 'C').getAttribute('aria-pressed')).toBe('true');
    await press('Tab', 'Tab', 'Tab', 'Enter');
    expect(await focused()).toBe('Session A');
    await press('Tab', 'Tab', 'Tab', 'Enter');
    expect(await focused()).toBe('Add session');
    await page.getByText('There is no session').waitFor();
    await page.getByRole('tabpanel', { name: 'Tools' }).getByText('Add a session').waitFor();
    await press('Enter');
    await inPhase(page, 'D', 'open');
    await add(page, 2, 3);
    await page.close();
});
