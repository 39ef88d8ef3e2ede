const BEGIN = '<!-- compatibility: begin -->';
const END = '<!-- compatibility: end -->';

/** The page has no place for the table, or not one. */
export class PageError extends Error {
    override name = 'PageError';
}

/** A table's cells, by the name of the row and then the title of the column. */
export type Cells = Record<string, Record<string, string>>;

/** Writes a table of Markdown; a dash where a row has nothing for a column. */
export function toTable(cells: Cells, columns: string[]): string {
    const rows = Object.entries(cells).map(([name, row]) => [name, ...columns.map(column => row[column] ?? '–')]);
    return [['client', ...columns], columns.map(() => '---').concat('---'), ...rows]
        .map(row => `| ${row.join(' | ')} |`)
        .join('\n');
}

/** Reads what `toTable` has written between the markers of a page. */
export function parsePage(page: string): Cells {
    const [head = [], _rule, ...rows] = between(page)
        .split('\n')
        .map(line => line.split('|').slice(1, -1))
        .map(row => row.map(cell => cell.trim()))
        .filter(row => row.length > 0);
    const columns = head.slice(1);
    const toRow = (cells: string[]) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
    return Object.fromEntries(rows.map(([name = '', ...row]) => [name, toRow(row)]));
}

/** The page with `table` between its markers. */
export function replaceTable(page: string, table: string): string {
    const old = between(page);
    return page.replace(`${BEGIN}${old}${END}`, () => `${BEGIN}\n${table}\n${END}`);
}

/** What was good in `before` and is in `after` no longer, as far as both have it. */
export function findLost(before: Cells, after: Cells, good: string): string[] {
    return Object.entries(before).flatMap(([name, row]) =>
        Object.entries(row).flatMap(([column, cell]) => {
            const now = after[name]?.[column];
            return cell.startsWith(good) && now !== undefined && !now.startsWith(good)
                ? [`${name}, ${column}: was ${cell}, is ${now}`]
                : [];
        })
    );
}

function between(page: string): string {
    const [, table, ...more] = page.split(BEGIN).flatMap(part => part.split(END));
    if (table === undefined || more.length !== 1) throw new PageError(`The page needs ${BEGIN} and ${END}, once each`);
    return table;
}
