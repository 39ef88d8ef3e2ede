import { startJokeApi, startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { test } from 'vitest';
import { add, frames, openPage, shareBrowser } from '../../helpers/demo-page.ts';

const browser = await shareBrowser();

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const group = (page: Page, name: string, hasText: string | RegExp = '') =>
    page.getByRole('group', { name, exact: true }).filter({ hasText });
/** An option in the document. The browser draws the list itself. */
const suggestion = (page: Page, value: string) => page.locator(`datalist option[value="${value}"]`);

test.concurrent('each tool can be called with its form, and each kind of failure is shown', async ({ expect }) => {
    await using jokes = await startJokeApi('hangs');
    await using server = await startServer({ JOKE_API_URL: jokes.url });
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
