import { startJokeApi, startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CallToolRequestSchema, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { test } from 'vitest';
import { add, frames, openPage, shareBrowser } from '../../../helpers/demo-page.ts';

const browser = await shareBrowser();

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const group = (page: Page, name: string, hasText: string | RegExp = '') =>
    page.getByRole('group', { name, exact: true }).filter({ hasText });
/** An option in the document. The browser draws the list itself. */
const suggestion = (page: Page, value: string) => page.locator(`datalist option[value="${value}"]`);

test.concurrent('each tool can be called with its form, and each kind of failure is shown', async ({ expect }) => {
    await using jokes = await startJokeApi('hangs');
    await using server = await startServer(jokes.env);
    const page = await openPage(browser, server.url);
    await page.getByRole('heading', { name: 'Tools of session A' }).waitFor();
    await add(page, 2, 3);
    await page.getByLabel('message', { exact: true }).fill('hello');
    await press(page, 'Call echo');
    await group(page, 'Result of echo', /transport\s*sse/).waitFor();

    // A tool error is a result. Raw shows it as received.
    await page.getByRole('textbox', { name: 'timezone' }).fill('Mars/Olympus');
    await press(page, 'Call server_time');
    const time = group(page, 'Result of server_time');
    await time.getByText('Tool error').waitFor();
    await time.getByRole('button', { name: 'Raw' }).click();
    expect(JSON.parse((await time.locator('pre').textContent()) ?? '')).toMatchObject({ isError: true });
    await page.getByRole('textbox', { name: 'timezone' }).fill('Europe/Paris');
    await press(page, 'Call server_time');
    await time.getByText('"timezone": "Europe/Paris"').waitFor();

    // A pending call shows its progress until it is cancelled.
    await press(page, 'Call random-joke');
    const joke = group(page, 'Result of random-joke');
    await joke.getByText('1 of 2 · Asking the joke API').waitFor();
    await expect(joke.getByRole('progressbar').getAttribute('max')).resolves.toBe('2');
    await press(page, 'Cancel random-joke');
    await joke.getByText('Cancelled', { exact: true }).waitFor();
    await expect.poll(() => jokes.left).toBe(1);
    await press(page, 'Call random-joke');
    await joke.getByRole('progressbar').waitFor();
    await expect.poll(() => jokes.hanging).toBe(1);
    jokes.answer();
    await joke.getByText(jokes.joke).first().waitFor();

    // Each answered call is a dot that leads to its entry.
    await page.getByText('Latency').click();
    const dots = page.locator('.latency-dot');
    await dots.first().waitFor();
    const answered = await dots.count();
    await add(page, 20, 3);
    await expect.poll(() => dots.count()).toBe(answered + 1);
    await page.getByText(new RegExp(`^Last ${answered + 1} calls: median .* the last took`)).waitFor();
    await page.getByText('As a table').click();
    const newest = page.getByRole('button', { name: 'tools/call' }).first();
    await newest.click();
    expect(await newest.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.latency-dot[data-selected="true"]').count()).toBe(1);

    // A rejected POST has no reply. The input stays.
    await page.route('**/messages*', route => route.fulfill({ status: 503, body: 'overloaded' }));
    await press(page, 'Call add');
    await group(page, 'Result of add', 'The server refused the POST').getByText('HTTP 503').waitFor();
    await page.close();
});

test.concurrent('resources can be read, the clock ticks while subscribed, and a template has suggestions', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await openTab(page, 'Resources');
    await press(page, 'Read clock');
    const clock = group(page, 'Contents of clock', /\d{4}-\d\d-\d\dT/);
    await clock.getByRole('button', { name: 'Raw' }).click();
    await clock.getByText('"mimeType": "text/plain"').waitFor();
    await press(page, 'Subscribe clock');
    const subscription = group(page, 'Subscription to clock');
    await subscription.getByText(/^Updates: \d/).waitFor();
    const time = subscription.getByText(/^\d{4}-/);
    const first = await time.innerText();
    // Each tick may render the time again, so that it has no position for a moment.
    const isWithinCard = async () => {
        const [card, shown] = [await subscription.boundingBox(), await time.boundingBox()];
        return card && shown && shown.y > card.y && shown.y + shown.height < card.y + card.height;
    };
    await expect.poll(isWithinCard).toBe(true);

    // A resource that never changes has no such button.
    await page.getByRole('button', { name: 'Read joke-2', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Subscribe joke-2' }).count()).toBe(0);
    const number = page.getByRole('combobox', { name: 'number' });
    await number.pressSequentially('1');
    await suggestion(page, '10').waitFor({ state: 'attached' });
    await number.fill('10');
    await press(page, 'Read built-in-joke');
    await group(page, 'Contents of built-in-joke', 'joke://built-in/10').waitFor();

    await subscription.getByText(/^Updates: ([2-9]|\d\d)/).waitFor();
    await expect.poll(() => time.innerText()).not.toBe(first);
    await press(page, 'Unsubscribe clock');
    await subscription.waitFor({ state: 'detached' });
    await frames(page).getByText('resources/unsubscribe').waitFor();
    await page.close();
});

test.concurrent('a prompt has suggestions, and its messages are shown with their roles', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await openTab(page, 'Prompts');
    await press(page, 'Get what-time-is-it');
    await page.getByText('timezone is required').waitFor();
    const zone = page.getByRole('combobox', { name: 'timezone' });
    await zone.pressSequentially('par');
    await suggestion(page, 'Europe/Paris').waitFor({ state: 'attached' });
    await zone.fill('Europe/Paris');
    await zone.press('Enter');
    const messages = group(page, 'Messages of what-time-is-it', 'What time is it in Europe/Paris?');
    await messages.getByText('user', { exact: true }).waitFor();
    await messages.getByRole('button', { name: 'Raw' }).click();
    await messages.getByText('"role": "user"').waitFor();
    await page.close();
});

/** A server with tools only. One tool has every kind of argument, the other no longer exists. */
function createFormServer(): McpServer {
    const server = new McpServer({ name: 'forms', version: '1' }, { capabilities: { tools: { listChanged: true } } });
    let names = ['all', 'gone'];
    const inputSchema = {
        type: 'object',
        $defs: { colour: { enum: ['red', 'blue'] }, point: { type: 'object', required: ['x'] } },
        properties: {
            count: { type: 'integer', minimum: 1, maximum: 10, description: 'How many' },
            colour: { $ref: '#/$defs/colour' },
            note: { anyOf: [{ type: 'string' }, { type: 'null' }], default: null },
            when: { type: 'string', format: 'date' },
            loud: { type: 'boolean', default: true },
            points: { type: 'array', items: { $ref: '#/$defs/point' } }
        },
        required: ['count', 'colour', 'note']
    };
    server.server.setRequestHandler(ListToolsRequestSchema, () => ({
        tools: names.map(name =>
            name === 'all'
                ? { name, description: 'long '.repeat(500), inputSchema }
                : { name, inputSchema: { type: 'object' } }
        )
    }));
    server.server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
        if (params.name !== 'all') {
            names = ['all', 'new'];
            await server.server.sendToolListChanged();
            throw new McpError(-32050, 'it is gone', { since: 'yesterday' });
        }
        const image = { type: 'image' as const, data: 'AAECAw==', mimeType: 'image/png' };
        return { content: [image], structuredContent: { given: params.arguments } };
    });
    return server;
}

test.concurrent('every schema becomes a form, and the page says that a server has no resources and prompts', async ({
    expect
}) => {
    const forRequest = () => {
        throw new Error('the page has a session');
    };
    await using server = await startServer({}, { servers: { forSession: createFormServer, forRequest } });
    const page = await openPage(browser, server.url);
    await page.getByLabel('count', { exact: true }).fill('11');
    // Only the month.
    await page.getByLabel('when', { exact: true }).pressSequentially('12');
    await page.getByLabel('points', { exact: true }).fill('[{"y": 1}]');
    await press(page, 'Call all');
    const form = page.getByRole('region', { name: 'all', exact: false }).first();
    await form.getByText('count must be ≤ 10').waitFor();
    await form.getByText('when must be of the type date').waitFor();
    await form.getByText('points[0].x is required').waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
    await page.getByLabel('count', { exact: true }).fill('7');
    await page.getByLabel('when', { exact: true }).fill('');
    await page.getByLabel('points', { exact: true }).fill('[{"x": 1}]');
    await page.getByLabel('colour', { exact: true }).selectOption('blue');
    await page.getByLabel('loud', { exact: true }).uncheck();
    await press(page, 'Call all');
    const result = group(page, 'Result of all');
    await result.getByText('Binary data (image/png, 4 bytes)').waitFor();
    await result.getByRole('button', { name: 'Raw' }).click();
    expect(JSON.parse((await result.locator('pre').textContent()) ?? '').structuredContent.given).toEqual({
        count: 7,
        colour: 'blue',
        note: null,
        loud: false,
        points: [{ x: 1 }]
    });

    // A JSON-RPC error has a code and is not a result.
    await press(page, 'Call gone');
    await page.getByRole('button', { name: 'Call new', exact: true }).waitFor();
    await frames(page).getByText('it is gone').waitFor();
    await press(page, 'Call new');
    await group(page, 'Result of new', /JSON-RPC error -32050.*yesterday/).waitFor();
    await openTab(page, 'Resources');
    await page.getByText('This server has no resources').waitFor();
    await openTab(page, 'Prompts');
    await page.getByText('This server has no prompts').waitFor();
    await page.close();
});
