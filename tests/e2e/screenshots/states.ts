import { createGate } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { add, addStreamable, connected, frames, pressAdd } from '../helpers/demo-page.ts';

/** Brings a page that has just been opened into a state. Returns a function that lets the page continue. */
type State = (page: Page) => Promise<(() => void) | undefined>;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const show = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

async function showFaults(page: Page): Promise<void> {
    await show(page, 'Faults');
    await page.getByRole('region', { name: 'Drop the stream' }).waitFor();
}

/** Drops the stream, and holds back the request that resumes it. */
async function drop(page: Page): Promise<() => void> {
    const { opened, open } = createGate();
    await page.route('**/sse', async route => {
        await opened;
        await route.continue();
    });
    await add(page, 20, 3);
    await showFaults(page);
    await press(page, 'Drop');
    await page.locator('[data-phase="dropped"]').waitFor();
    return open;
}

/** The moments of a lesson in which the page must say what is true, by name. */
export const states: Record<string, State> = {
    async opened() {
        return undefined;
    },
    async 'one-call'(page) {
        await add(page, 20, 3);
        return undefined;
    },
    async stalled(page) {
        await showFaults(page);
        await page.getByRole('region', { name: 'Slow reader' }).getByLabel('Seconds').selectOption('10');
        await press(page, 'Stall');
        await page.getByText('Nothing arrives on the stream').waitFor();
        return undefined;
    },
    dropped: drop,
    async resumed(page) {
        const open = await drop(page);
        open();
        await page.locator('[data-phase="resumed"]').waitFor();
        return undefined;
    },
    async outage(page) {
        await showFaults(page);
        await page.getByRole('region', { name: 'Lose the network' }).getByLabel('Seconds').selectOption('10');
        await press(page, 'Cut the network');
        await page.locator('[data-phase="dropped"]').waitFor();
        // A second failed attempt to open the stream.
        await page.getByText('2 attempts').first().waitFor();
        return undefined;
    },
    async 'too-many-tabs'(page) {
        await showFaults(page);
        await press(page, 'Take all connections');
        await page.getByText('The ping waits in the browser').waitFor();
        return undefined;
    },
    async 'clock-for-a-minute'(page) {
        await show(page, 'Resources');
        await press(page, 'Subscribe clock');
        await page
            .getByText(/\b5\d × resources\/updated/)
            .first()
            .waitFor({ timeout: 90_000 });
        return undefined;
    },
    async presenter(page) {
        await add(page, 20, 3);
        await page.locator('body').press('p');
        return undefined;
    },
    async 'both-transports'(page) {
        await add(page, 20, 3);
        await addStreamable(page);
        await page.getByRole('heading', { name: 'Tools of session B' }).waitFor();
        await pressAdd(page, 4, 5);
        await frames(page).getByText('"sum":9').last().waitFor();
        return undefined;
    }
};

/** Waits until the page that was just opened has shown its tools. */
export async function ready(page: Page): Promise<void> {
    await connected(page);
    await page.getByRole('button', { name: 'Call add' }).waitFor();
}
