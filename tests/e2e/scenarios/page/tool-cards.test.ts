import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { findViolations } from '../../helpers/accessibility.ts';
import { frames, openPage, shareBrowser, toolCard } from '../../helpers/demo-page.ts';

const browser = await shareBrowser();

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('arguments can be written as JSON next to the form, and each follows the other', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    const card = toolCard(page, 'Add two numbers add');
    const [a, b] = [card.getByLabel('a', { exact: true }), card.getByLabel('b', { exact: true })];
    await a.fill('2');
    await card.getByText('As JSON', { exact: true }).focus();
    await page.keyboard.press('Enter');
    const json = card.getByRole('textbox', { name: 'Arguments of add as JSON' });
    expect(JSON.parse(await json.inputValue())).toEqual({ a: 2 });
    await b.fill('3');
    await expect.poll(async () => JSON.parse(await json.inputValue())).toEqual({ a: 2, b: 3 });
    await json.fill('{"a": 40, "b": 2}');
    expect([await a.inputValue(), await b.inputValue()]).toEqual(['40', '2']);
    await press(page, 'Call add');
    await card.getByText('sum', { exact: true }).waitFor();
    await frames(page).getByText('"arguments":{"a":40,"b":2}').waitFor();

    // A mistake is shown with its place, and nothing is sent.
    await json.fill('{"a": 40, "b": }');
    await press(page, 'Call add');
    await card.getByText('Not JSON: line 1, column 16: unexpected }').waitFor();
    await json.and(page.locator(':focus')).waitFor();
    expect((await findViolations(page)).join('\n\n')).toBe('');
    // The server checks what the form would not send.
    await json.fill('{"a": "forty"}');
    await press(page, 'Call add');
    await frames(page).getByText('"arguments":{"a":"forty"}').waitFor();
    await card.getByText('Tool error').waitFor();
    // After a change of the form, the form is sent again.
    await a.fill('1');
    await b.fill('1');
    await press(page, 'Call add');
    await frames(page).getByText('"arguments":{"a":1,"b":1}').waitFor();
    await page.close();
});
