import { startServer } from '@calc/test-helpers';
import type { Page } from '@calc/test-helpers/browser';
import { expect } from 'vitest';
import { findOverflow, findViolations } from '../../../helpers/accessibility.ts';
import { add, openPage, shareBrowser, toolCard } from '../../../helpers/demo-page.ts';
import { diagram, selected } from '../../../helpers/diagram.ts';
import { isInSight, smallestLetters } from './boxes.ts';

/** Of a window, in CSS pixels. */
interface Size {
    width: number;
    height: number;
}

const browser = await shareBrowser();

export const lastCall = (page: Page) => page.getByRole('region', { name: 'Last call' });
export const caption = (page: Page) => page.locator('.caption');
export const view = (page: Page, name: string) =>
    page.getByRole('group', { name: 'View' }).getByRole('button', { name });
const arrows = (page: Page) => lastCall(page).getByRole('listitem');

/** The sentences of the arrows of the last call, without times. */
export async function told(page: Page): Promise<string[]> {
    const names = await arrows(page).locator('.visually-hidden').allTextContents();
    return names.map(name => name.replace(/^[\d:.]+, /, ''));
}

/** After a call, its arrows and its result are in sight, without scrolling. */
export async function expectLastCallInSight(viewport: Size): Promise<void> {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport });
    await add(page, 20, 3);
    await arrows(page).nth(2).waitFor();
    for (const arrow of await arrows(page).all()) expect(await isInSight(arrow)).toBe(true);
    const [request, ...answers] = await told(page);
    expect(request).toMatch(/^browser to server: POST tools\/call add, request 6\b/);
    expect(answers.join('\n')).toMatch(/server to browser: 202 Accepted\b/);
    expect(answers.join('\n')).toMatch(/server to browser: result 23, request 6, after [\d.]+\s(ms|s)\b/);
    await expect.poll(() => isInSight(page.getByRole('group', { name: 'Result of add' }))).toBe(true);
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');
    await page.close();
}

/** The presenter view shows the diagram alone in large letters. */
export async function expectPresenterView(viewport: Size): Promise<void> {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport });
    await add(page, 20, 3);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Tools' }).focus();
    await page.keyboard.press('p');
    await caption(page).waitFor();
    expect(await page.getByRole('heading').allTextContents()).toEqual(['Presenter view']);
    expect(await page.getByRole('tablist').count()).toBe(0);
    expect(await page.getByRole('list', { name: 'Wire' }).count()).toBe(0);
    expect((await smallestLetters(page)) / viewport.height).toBeGreaterThanOrEqual(0.025);
    const box = await page.locator('.diagram').boundingBox();
    expect(box?.width).toBeGreaterThan(viewport.width * 0.95);
    expect(box?.height).toBeGreaterThan(viewport.height * 0.7);
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');

    // The caption names the newest row, then the one that the arrow keys select.
    await diagram(page).and(page.locator(':focus')).waitFor();
    expect(await caption(page).innerText()).toMatch(/^Server to browser: (result, request 6|202 Accepted)/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    const second = await selected(page).locator('.visually-hidden').innerText();
    expect((await caption(page).innerText()).toLowerCase()).toBe(second.replace(/^[\d:.]+, /, '').toLowerCase());
    await page.keyboard.press('Home');
    expect(await caption(page).innerText()).toMatch(/^Browser to server: GET \/sse/);
    const first = await selected(page).boundingBox();
    expect(first?.y).toBeGreaterThan(0);

    await page.keyboard.press('p');
    await caption(page).waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Tools' }).and(page.locator(':focus')).waitFor();
    await page.close();
}

/** A small window shows the tools or the wire. */
export async function expectOneOfTwoViews(viewport: Size): Promise<void> {
    await using server = await startServer();
    const page = await openPage(browser, server.url, { viewport });
    const tools = page.getByRole('tablist');
    await add(page, 20, 3);
    expect(await diagram(page).isVisible()).toBe(false);
    expect(await view(page, 'Tools').getAttribute('aria-pressed')).toBe('true');
    const scrolled = await page.evaluate('scrollY');

    await view(page, 'Wire').focus();
    await page.keyboard.press('Enter');
    await diagram(page).waitFor();
    expect(await tools.isVisible()).toBe(false);
    expect(await view(page, 'Wire').getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('option', { name: /result, request 6/ }).waitFor();
    const top = (await page.locator('.diagram').boundingBox())?.y ?? Number.NaN;
    expect(top).toBeLessThan(viewport.height * 0.6);
    expect((await findViolations(page)).join('\n\n')).toBe('');
    expect((await findOverflow(page)).join('\n')).toBe('');

    await view(page, 'Tools').click();
    await toolCard(page, 'Add two numbers add').waitFor();
    expect(await diagram(page).isVisible()).toBe(false);
    expect(await page.evaluate('scrollY')).toBe(scrolled);

    // A wide window shows both.
    await page.setViewportSize({ width: 1280, height: 720 });
    await diagram(page).waitFor();
    expect(await tools.isVisible()).toBe(true);
    expect(await page.getByRole('group', { name: 'View' }).count()).toBe(0);
    await page.close();
}
