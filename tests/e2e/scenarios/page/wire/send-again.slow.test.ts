import { startServer } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { add, frames, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

const rows = (page: Page): Locator => frames(page).getByRole('listitem');
const button = (row: Locator, name: string) => row.getByRole('button', { name, exact: true });

test('a request can be edited and sent again, and its reply is seen on the wire only', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const result = await add(page, 2, 3);
    const call = rows(page).filter({ hasText: '"arguments":{"a":2,"b":3}' }).first();
    await call.hover();
    await button(call, 'Edit and send again').click();
    const editor = call.getByRole('textbox', { name: 'Message to send' });
    await editor.and(page.locator(':focus')).waitFor();
    const written = JSON.parse(await editor.inputValue());
    expect(written).toMatchObject({ id: expect.stringMatching(/^again-\d+$/), method: 'tools/call' });
    expect(written.params._meta.progressToken).toBe(written.id);
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');

    // Nothing is sent until it is JSON, and the cursor is at the mistake.
    await editor.fill('{\n  "id": 1,\n}');
    await button(call, 'Send').click();
    await call.getByText('Not JSON: line 3, column 1: unexpected }').waitFor();
    expect(await page.evaluate('document.activeElement.selectionStart')).toBe(13);
    await editor.fill('5');
    await button(call, 'Send').click();
    await call.getByText('It must be a JSON object').waitFor();
    expect(await rows(page).filter({ hasText: 'POST' }).last().innerText()).toContain('"arguments":{"a":2,"b":3}');

    const { name, _meta } = written.params;
    await editor.fill(JSON.stringify({ ...written, params: { name, _meta, arguments: { a: 40, b: 2 } } }));
    await button(call, 'Send').press('Enter');
    await editor.waitFor({ state: 'detached' });
    await button(call, 'Edit and send again').and(page.locator(':focus')).waitFor();
    await frames(page).locator('[data-selected]').filter({ hasText: '"arguments":{"a":40,"b":2}' }).waitFor();
    await rows(page).filter({ hasText: '"sum":42' }).filter({ hasText: written.id }).waitFor();
    // The card of the tool still shows its own call, and calls work as before.
    expect(await page.getByRole('group', { name: 'Result of add' }).innerText()).toBe(result);
    await add(page, 20, 3);
    await page.close();
});

test('a message that is not JSON-RPC is refused by the server, and the session continues', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await add(page, 2, 3);
    const call = rows(page).filter({ hasText: '"method":"tools/call"' }).first();
    await call.hover();
    await button(call, 'Edit and send again').click();
    await call.getByRole('textbox', { name: 'Message to send' }).fill('{"any": "thing"}');
    await button(call, 'Send').click();
    await frames(page).locator('[data-selected]').filter({ hasText: '400 Bad Request' }).waitFor();
    await add(page, 20, 3);

    // After the session has ended, the editor says why nothing was sent, and Escape closes it.
    await page.getByRole('button', { name: /^Disconnect/ }).click();
    await call.hover();
    await button(call, 'Edit and send again').click();
    await button(call, 'Send').click();
    await call.getByText('the session is not open').waitFor();
    await call.getByRole('textbox', { name: 'Message to send' }).press('Escape');
    expect(await call.getByRole('textbox').count()).toBe(0);
    await page.close();
});
