import { firstWhere } from '../../../wire/entry-index.ts';

/** The positions of the rows in a list. Rows are identified by their number. */
export interface RowLayout<Row extends { seq: number }> {
    readonly rows: readonly Row[];
    /** Height of all rows in pixels. */
    readonly height: number;
    setRows(rows: readonly Row[]): void;
    /** Stores the measured height of a row. Returns whether it changed. */
    measure(seq: number, height: number): boolean;
    /** Forgets all measured heights, because the width has changed. */
    forget(): void;
    /** The position of the top of a row, in pixels from the top of the list. */
    topOf(index: number): number;
    /** The index of the row at a position in pixels; the first or last row if it is outside the list. */
    indexAt(y: number): number;
}

/** @param estimate the estimated height of a row, in pixels, until it has been in the document. */
export function createRowLayout<Row extends { seq: number }>(estimate: (row: Row) => number): RowLayout<Row> {
    const measured = new Map<number, number>();
    let rows: readonly Row[] = [];
    // The top of each row, followed by the total height.
    let tops = new Float64Array(1);
    let isStale = false;

    /** Computes all positions again. For a full record this takes less than a millisecond. */
    const upToDate = (): Float64Array => {
        if (!isStale) return tops;
        isStale = false;
        if (tops.length <= rows.length) tops = new Float64Array(2 * rows.length + 1);
        let top = 0;
        for (let index = 0; index < rows.length; index++) {
            const row = rows[index] as Row;
            tops[index] = top;
            top += measured.get(row.seq) ?? estimate(row);
        }
        tops[rows.length] = top;
        return tops;
    };
    const topOf = (index: number): number => upToDate()[index] ?? 0;
    /** Forgets the heights of evicted rows. Heights of rows that a filter hides are kept. */
    const prune = (): void => {
        const oldest = rows[0]?.seq ?? 0;
        for (const seq of measured.keys()) if (seq < oldest) measured.delete(seq);
    };

    return {
        get rows() {
            return rows;
        },
        get height() {
            return topOf(rows.length);
        },
        setRows(next) {
            if (next === rows) return;
            rows = next;
            isStale = true;
            if (measured.size > 2 * rows.length + 1000) prune();
        },
        measure(seq, height) {
            if (measured.get(seq) === height) return false;
            measured.set(seq, height);
            isStale = true;
            return true;
        },
        forget() {
            measured.clear();
            isStale = true;
        },
        topOf,
        indexAt: y => Math.max(0, firstWhere(rows.length, index => topOf(index) > y) - 1)
    };
}
