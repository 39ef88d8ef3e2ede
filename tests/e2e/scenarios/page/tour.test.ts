import { startServer } from '@calc/test-helpers';
import type { Locator, Page } from '@calc/test-helpers/browser';
import { test } from 'vitest';
import { openPage, shareBrowser } from '../../helpers/demo-page.ts';

const browser = await shareBrowser();

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const panel = (page: Page): Locator => page.getByRole('complementary');
const done = (page: Page, text = 'Done') => panel(page).getByText(`✓ ${text}`).waitFor();

test.concurrent('the tour works in French, by keyboard, and without faults it says how to enable them', async ({
    expect
}) => {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { locale: 'fr', viewport: { width: 1280, height: 720 } });
    await page.getByRole('button', { name: 'Visite' }).focus();
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: '1 sur 10 L’initialisation' }).waitFor();
    await done(page, 'C’est fait');
    // The focus is on the heading, which is before the buttons.
    for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
    await panel(page).getByRole('heading', { name: '2 sur 10 Un appel, deux connexions' }).waitFor();
    expect(await panel(page).innerText()).toMatch(/l’onglet Outils\.[\s\S]*appuyez sur Appeler\./);
    for (const name of ['a', 'b']) await page.getByRole('spinbutton', { name, exact: true }).fill('2');
    await page.getByRole('button', { name: 'Appeler add' }).click();
    await done(page, 'C’est fait');
    for (let step = 3; step <= 4; step++) await press(page, 'Suivant');
    await panel(page).getByText('TEACHING_FAULTS=true npm start').waitFor();
    await press(page, 'Précédent');
    await panel(page).getByRole('heading', { name: '3 sur 10' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Visite' }).and(page.locator(':focus')).waitFor();
    // It continues where it was closed.
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: '3 sur 10' }).waitFor();
    await page.close();
});
