import { startServer } from '@calc/test-helpers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { openPage, shareBrowser, toolCard } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

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
