import { firstWhere } from '../../../wire/entry-index.ts';

/** What lies in a list, from the top; rows are known by their number. */
export interface RowLayout<Row extends { seq: number }> {
    readonly rows: readonly Row[];
    /** Height of all rows in pixels. */
    readonly height: number;
    setRows(rows: readonly Row[]): void;
    /** Takes note of how high a row is in the document; returns whether that is news. */
    measure(seq: number, height: number): boolean;
    /** Forgets what was measured, since the width is another one. */
    forget(): void;
    /** Pixels from the top of the list to the top of the row at that index. */
    topOf(index: number): number;
    /** The index of the row at that many pixels from the top: the first or the last one if that is outside. */
    indexAt(y: number): number;
}

/** @param estimate says how high a row may be, in pixels, until it has been in the document. */
export function createRowLayout<Row extends { seq: number }>(estimate: (row: Row) => number): RowLayout<Row> {
    const measured = new Map<number, number>();
    let rows: readonly Row[] = [];
    // The top of each row, and behind the last one the height of all.
    let tops = new Float64Array(1);
    let isStale = false;

    /** All of them again: for as many as the record holds that takes less than a millisecond. */
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
    /** Rows that made room are not remembered for ever; those that only do not match a filter are. */
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
