import type { Locator, Page } from '@calc/test-helpers/browser';

/** The sequence diagram. */
export const diagram = (page: Page) => page.getByRole('listbox', { name: 'Sequence diagram' });
/** The rows whose sentence matches. */
export const row = (page: Page, name: RegExp) => diagram(page).getByRole('option', { name });
export const selected = (page: Page) => diagram(page).getByRole('option', { selected: true });

/** The sentences of rows, without times. A duration becomes `…`. */
export async function told(rows: Locator): Promise<string[]> {
    const names = await rows.locator('.visually-hidden').allTextContents();
    return names.map(name => name.replace(/^[\d:.]+, /, '').replace(/(after|known) [\d.]+\s(ms|s)\b/, '$1 …'));
}

/** Where something ends on the right, in pixels. */
export async function rightOf(node: Locator): Promise<number> {
    const box = await node.boundingBox();
    return box ? box.x + box.width : Number.NaN;
}

/** How far the arrow of a row stays away from the life line of the server, in pixels. */
export async function distanceToServer(page: Page, option: Locator): Promise<number> {
    return Number(await middleOf(page.locator('.seq-server'))) - (await rightOf(option.locator('.seq-arrow > line')));
}

export async function middleOf(node: Locator): Promise<number> {
    const box = await node.boundingBox();
    return box ? box.x + box.width / 2 : Number.NaN;
}
