import type { JokeApi } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';

/** The minute at which every scene begins, so that pictures do not differ by it. */
const BEGINNING = new Date('2026-01-05T10:00:00Z');

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click();
const show = (page: Page, name: string) => page.getByRole('tab', { name }).click();

/** Waits until that is in the frames, which a small window does not show. */
async function onWire(page: Page, text: string | RegExp): Promise<void> {
    await page.locator('.frame', { hasText: text }).last().waitFor({ state: 'attached' });
}

async function callAdd(page: Page, a: number, b: number): Promise<void> {
    const tool = page.getByRole('region', { name: 'Add two numbers add' }).filter({ visible: true });
    await tool.getByLabel('a', { exact: true }).fill(String(a));
    await tool.getByLabel('b', { exact: true }).fill(String(b));
    await tool.getByRole('button', { name: 'Call add' }).click();
    await onWire(page, `"sum":${a + b}`);
}

/**
 * What a lesson is about, as far as it fits on a page: a stream that breaks, and is resumed; a second session that uses
 * the same ids; a call whose reply comes after that of a later one.
 *
 * @param jokes answers no request until it is released.
 */
export async function play(page: Page, url: string, jokes: JokeApi): Promise<void> {
    await page.clock.install({ time: BEGINNING });
    await page.goto(url);
    await callAdd(page, 20, 3);
    await press(page, 'Add session');
    await callAdd(page, 4, 5);

    await press(page, 'Session A');
    await show(page, 'Faults');
    await press(page, 'Drop');
    await page.getByRole('region', { name: 'Drop the stream' }).getByText('A good client').waitFor();

    await press(page, 'Session B');
    await show(page, 'Tools');
    await press(page, 'Call random-joke');
    await onWire(page, /"name":"random-joke","arguments"/);
    await callAdd(page, 2, 40);
    jokes.answer();
    await onWire(page, jokes.joke);

    // From the top, and nothing is pointed at.
    await page.getByRole('heading', { name: 'Tools of session B' }).scrollIntoViewIfNeeded();
    await page.mouse.move(0, 0);
}
