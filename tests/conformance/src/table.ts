/** A table that a run writes into a page. */
export interface Table {
    /** What its markers in the page call it. */
    id: string;
    /** What the rows are. */
    rows: string;
    columns: string[];
}

/** The page has no place for the table, or not one. */
export class PageError extends Error {
    override name = 'PageError';
}

/** A table's cells, by the name of the row and then the title of the column. */
export type Cells = Record<string, Record<string, string>>;

/** Reads what `replaceTable` has written between the table's markers. */
export function parsePage(page: string, table: Table): Cells {
    const [head = [], _rule, ...rows] = between(page, table)
        .split('\n')
        .map(line => line.split('|').slice(1, -1))
        .map(row => row.map(cell => cell.trim()))
        .filter(row => row.length > 0);
    const columns = head.slice(1);
    const toRow = (cells: string[]) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
    return Object.fromEntries(rows.map(([name = '', ...row]) => [name, toRow(row)]));
}

/** The page with these cells between the table's markers; a dash where a row has nothing for a column. */
export function replaceTable(page: string, table: Table, cells: Cells): string {
    const { begin, end } = markersOf(table);
    const old = between(page, table);
    return page.replace(`${begin}${old}${end}`, () => `${begin}\n${toMarkdown(table, cells)}\n${end}`);
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

function toMarkdown({ rows, columns }: Table, cells: Cells): string {
    const body = Object.entries(cells).map(([name, row]) => [name, ...columns.map(column => row[column] ?? '–')]);
    return [[rows, ...columns], columns.map(() => '---').concat('---'), ...body]
        .map(row => `| ${row.join(' | ')} |`)
        .join('\n');
}

function between(page: string, table: Table): string {
    const { begin, end } = markersOf(table);
    const [, inside, ...more] = page.split(begin).flatMap(part => part.split(end));
    if (inside === undefined || more.length !== 1) throw new PageError(`The page needs ${begin} and ${end}, once each`);
    return inside;
}

function markersOf({ id }: Table) {
    return { begin: `<!-- ${id}: begin -->`, end: `<!-- ${id}: end -->` };
}
