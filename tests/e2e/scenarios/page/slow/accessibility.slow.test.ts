import { startServer, type TestServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { add, connected, openPage, pressAdd, shareBrowser, toolCard } from '../../../helpers/demo-page.ts';

interface View {
    name: string;
    /** Goes there from the previous view. */
    open(page: Page): Promise<unknown>;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const show = (page: Page, name: string) => page.getByRole('tab', { name }).click();

/** All views of the page, in an order in which each leads to the next. */
const views: View[] = [
    { name: 'the sign-in form', open: page => page.getByRole('textbox', { name: 'Token' }).waitFor() },
    {
        name: 'a wrong token',
        async open(page) {
            await page.getByRole('textbox', { name: 'Token' }).fill('open-barley');
            await press(page, 'Sign in');
            await page.getByText('the token is not valid').waitFor();
        }
    },
    {
        name: 'tools',
        async open(page) {
            await page.getByRole('textbox', { name: 'Token' }).fill('open-sesame');
            await press(page, 'Sign in');
            await connected(page);
        }
    },
    { name: 'a result parser', open: page => add(page, 2, 3) },
    {
        name: 'a tool error and an invalid field',
        async open(page) {
            await pressAdd(page, 1.7e308, 1.7e308);
            await page.getByText('Tool error').waitFor();
            await toolCard(page, 'Add two numbers add').getByLabel('b', { exact: true }).fill('');
            await press(page, 'Call add');
            await page.getByText('b is required').waitFor();
        }
    },
    {
        name: 'a search and the transcript menu',
        async open(page) {
            await page.getByRole('searchbox', { name: 'Search' }).fill('sum');
            await press(page, 'Transcript');
            await page.getByLabel('with complete session ids').waitFor();
        }
    },
    {
        name: 'a replay with a highlighted frame, and an invalid file',
        async open(page) {
            const fact = { session: 'A', at: 0, kind: 'event', event: 'message', id: '', data: '{}' };
            const format = { format: 'mcp-wire-transcript', version: 1 };
            for (const content of [{ ...format, facts: [fact, { ...fact, session: 'B', at: 9e9 }] }, format]) {
                const buffer = Buffer.from(JSON.stringify(content));
                const file = { name: 'lesson.json', mimeType: 'application/json', buffer };
                await page.locator('input[type="file"]').setInputFiles(file);
            }
            await page.getByText('Cannot replay lesson.json').waitFor();
            await page.getByRole('list', { name: 'Wire' }).getByRole('button', { name: 'received' }).click();
        }
    },
    {
        name: 'the live wire again',
        async open(page) {
            await press(page, 'Dismiss');
            await press(page, 'Back to live');
            await page.getByRole('searchbox', { name: 'Search' }).fill('');
        }
    },
    {
        name: 'resources with a subscription, suggestions and the latency table',
        async open(page) {
            await show(page, 'Resources');
            await press(page, 'Subscribe clock');
            await page.getByText('Latency').click();
            await page.getByText('As a table').click();
            await page.getByRole('button', { name: 'tools/call' }).first().waitFor();
            await page.getByText('Subscribed', { exact: true }).waitFor();
            await page.getByRole('combobox', { name: 'number' }).pressSequentially('1');
            await page.locator('datalist option[value="10"]').waitFor({ state: 'attached' });
        }
    },
    {
        name: 'prompts with a result',
        async open(page) {
            await show(page, 'Prompts');
            await page.getByRole('combobox', { name: 'timezone' }).fill('UTC');
            await press(page, 'Get what-time-is-it');
            await page.getByRole('group', { name: 'Messages of what-time-is-it' }).getByText('in UTC?').waitFor();
        }
    },
    { name: 'faults', open: page => show(page, 'Faults') },
    {
        name: 'faults with outcomes, and one in progress',
        async open(page) {
            await press(page, 'Send a wrong token');
            await press(page, 'Send to an unknown session');
            await press(page, 'Take all connections');
            await page.getByText('starts a new session').waitFor();
            await page.getByText('The ping waits in the browser').waitFor();
        }
    },
    {
        name: 'the faults in French',
        async open(page) {
            await press(page, 'Français');
            await page.getByText('Le ping attend une connexion libre').waitFor();
        }
    },
    { name: 'tools in French', open: page => show(page, 'Outils') },
    {
        name: 'a session that has ended',
        async open(page) {
            await press(page, 'English');
            await press(page, /^Disconnect/);
            await show(page, 'Faults');
            await page.getByText('Connect this session first').waitFor();
        }
    },
    {
        name: 'several sessions and the form for another server',
        async open(page) {
            await press(page, 'Add session');
            await connected(page);
            await press(page, /^Another server/);
            await page.getByLabel('Address of the stream').waitFor();
        }
    },
    {
        name: 'the sign-in form again',
        async open(page) {
            await page.context().clearCookies();
            await show(page, 'Tools');
            await pressAdd(page, 2, 3);
            await page.getByText('You are signed out').waitFor();
        }
    }
];

const browser = await shareBrowser();
let server: TestServer;
let page: Page;
beforeAll(async () => {
    server = await startServer({ MCP_AUTH_TOKEN: 'open-sesame', TEACHING_FAULTS: 'true' });
    page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(server.url);
});
afterAll(async () => {
    await page.close();
    await server.close();
});

describe('the page has no accessibility violations and no overflow', () => {
    for (const { name, open } of views) {
        test(name, async () => {
            await open(page);
            expect((await findViolations(page)).join('\n\n')).toBe('');
            expect((await findOverflow(page)).join('\n')).toBe('');
        });
    }
});

test('the notice that the server injects no faults is accessible', async () => {
    await using usual = await startServer();
    await page.goto(usual.url);
    await connected(page);
    await show(page, 'Faults');
    await page.getByText('TEACHING_FAULTS=true npm start').waitFor();
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');
});

test('the checks find unreadable text and overflow', async () => {
    await using server = await startServer();
    const page = await openPage(browser, server.url);
    await page.evaluate(`{
        const heading = document.querySelector('h1');
        heading.style.color = 'light-dark(#e0e0e0, #333)';
        heading.style.minWidth = '600px';
        heading.nextElementSibling.append(document.createElement('button'));
    }`);
    const violations = (await findViolations(page)).join('\n');
    expect(violations).toMatch(/^light: button-name at .*\n[\s\S]*^https:/m);
    expect(violations).toMatch(/^light: color-contrast at h1\n/m);
    expect(await findOverflow(page)).toContain('360 px: h1 "MCP calculator" sticks out');
    await page.close();
});
