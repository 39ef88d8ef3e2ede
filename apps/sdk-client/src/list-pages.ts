import { CliError } from './errors.ts';

/** More pages than any list has: the server goes round in a circle. */
const MAX_PAGES = 1000;

/**
 * Collects a list over as many pages as it takes (MCP, Pagination).
 *
 * @throws {CliError} with code `tool-error` if it never ends.
 */
export async function listPages<Page extends { nextCursor?: string | undefined }, Item>(
    ask: (params: { cursor?: string }) => Promise<Page>,
    itemsOf: (page: Page) => Item[]
): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
        const page = await ask(cursor === undefined ? {} : { cursor });
        items.push(...itemsOf(page));
        cursor = page.nextCursor;
        if (cursor === undefined) return items;
    }
    throw new CliError('tool-error', `the server's list does not end within ${MAX_PAGES} pages`);
}
