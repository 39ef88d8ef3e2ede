import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GOOD } from './cell.ts';
import { EXIT_NO_NETWORK, NoNetworkError } from './npx.ts';
import { type Cells, findLost, parsePage, replaceTable, type Table } from './table.ts';

const PAGE = fileURLToPath(new URL('../../../docs/compatibility.md', import.meta.url));

/**
 * Fills a table and writes it into docs/compatibility.md. The process ends with 1 if what was good is not any more, and
 * with 3 if there is no network.
 *
 * @param fill is given the cells that the page has now.
 */
export async function publish(table: Table, fill: (before: Cells) => Promise<Cells>): Promise<void> {
    try {
        const page = readFileSync(PAGE, 'utf8');
        const before = parsePage(page, table);
        const cells = await fill(before);
        const lost = findLost(before, cells, GOOD);
        if (lost.length > 0) {
            // The page keeps what was good, so that the next run fails as well until it is good again.
            console.error(`\nNo longer good:\n${lost.join('\n')}`);
            process.exitCode = 1;
            return;
        }
        writeFileSync(PAGE, replaceTable(page, table, cells));
    } catch (error) {
        if (!(error instanceof NoNetworkError)) throw error;
        console.error(error.message);
        process.exitCode = EXIT_NO_NETWORK;
    }
}
