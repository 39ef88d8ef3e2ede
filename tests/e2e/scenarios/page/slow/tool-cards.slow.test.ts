import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { frames, openPage, shareBrowser, toolCard } from '../../../helpers/demo-page.ts';

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

const forRequest = () => {
    throw new Error('the page has a session');
};

/** A server with many tools, of which one may delete something and has an argument with a long name. */
function createManyTools(): McpServer {
    const server = new McpServer({ name: 'many', version: '1' }, { capabilities: { tools: {} } });
    const inputSchema = { type: 'object' as const };
    const longName = 'the_name_of_the_directory_and_of_everything_that_is_below_it';
    server.server.setRequestHandler(ListToolsRequestSchema, () => ({
        tools: [
            {
                name: 'delete-folder',
                description: 'Removes files',
                inputSchema: { ...inputSchema, properties: { [longName]: { type: 'string' } } },
                annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: true }
            },
            ...Array.from({ length: 8 }, (_tool, index) => ({ name: `tool-${index}`, inputSchema }))
        ]
    }));
    server.server.setRequestHandler(CallToolRequestSchema, () => ({ content: [] }));
    return server;
}

test('the annotations of a tool are badges, and many tools can be searched', async () => {
    await using server = await startServer({}, { servers: { forSession: createManyTools, forRequest } });
    const page = await openPage(browser, server.url);
    const folder = toolCard(page, 'delete-folder');
    const badges = folder.locator('.hint-badge');
    await badges.first().waitFor();
    expect(await badges.allInnerTexts()).toEqual(['destructive', 'idempotent', 'open world']);
    expect(await badges.first().getAttribute('title')).toContain('destructiveHint');
    const search = page.getByRole('searchbox', { name: 'Find in this list' });
    await folder.getByRole('textbox').fill('/tmp');
    await search.fill('tool 3');
    await page.getByText('1 of 9').waitFor();
    expect(await page.getByRole('button', { name: /^Call / }).allInnerTexts()).toHaveLength(1);
    await search.fill('removes');
    await folder.waitFor();
    // A card that was hidden keeps its input.
    expect(await folder.getByRole('textbox').inputValue()).toBe('/tmp');
    await search.press('Escape');
    await page.getByText('1 of 9').waitFor({ state: 'hidden' });
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');
    // The whole name of an argument that is too long can be read.
    const label = folder.locator('label');
    expect(await label.getAttribute('title')).toBe(await label.textContent());
    await page.close();
});
