import type { WireEntry } from '../wire-fact.ts';
import { createLanes, type LifeLines } from './lanes.ts';
import type { Spans } from './spans.ts';

/** What decides on the height of a row: positions are sums of few numbers. */
export type RowKind = 'arrow' | 'answer' | 'tick' | 'note' | 'break';

export type RowHeights = Readonly<Record<RowKind, number>>;

/** One row of the diagram: an entry, or several heartbeats in succession. */
export interface Row {
    readonly kind: RowKind;
    readonly entries: readonly [WireEntry, ...WireEntry[]];
    /** From the top of the first row there ever was. */
    readonly top: number;
    readonly height: number;
    /** Milliseconds since the row before; undefined for the first. */
    readonly since: number | undefined;
    readonly lines: LifeLines;
}

export interface Rows {
    readonly list: readonly Row[];
    /** Where the first row begins: what has been evicted was above. */
    readonly top: number;
    readonly height: number;
    /** How the life lines go on below the last row. */
    readonly tail: LifeLines;
    /** Whose rows there are, or were. */
    readonly sessions: ReadonlySet<string>;
}

export interface RowLayout {
    /** Lays out entries, oldest first. What was laid out before is kept if they only go on from there. */
    update(entries: readonly WireEntry[]): Rows;
}

function kindOf(entry: WireEntry): RowKind {
    switch (entry.kind) {
        case 'connecting':
        case 'post':
        case 'event':
            return 'arrow';
        case 'answered':
            return entry.status === 0 ? 'note' : 'answer';
        case 'opened':
            return 'answer';
        case 'comment':
        case 'retry':
            return 'tick';
        case 'dropped':
            return 'break';
        default:
            return 'note';
    }
}

export function createRowLayout(spans: Spans, heights: RowHeights): RowLayout {
    let known: readonly WireEntry[] = [];
    let rows: Row[] = [];
    let lanes = createLanes(spans);
    let sessions = new Set<string>();
    let bottom = 0;

    const append = (entry: WireEntry): void => {
        sessions.add(entry.session);
        const before = rows.at(-1);
        if (before && entry.kind === 'comment' && before.entries[0].kind === 'comment') {
            rows[rows.length - 1] = { ...before, entries: [...before.entries, entry] };
            return;
        }
        const kind = kindOf(entry);
        const since = before && entry.at - (before.entries.at(-1) ?? entry).at;
        const height = heights[kind];
        rows.push({ kind, entries: [entry], top: bottom, height, since, lines: lanes.next(entry) });
        bottom += height;
    };
    /** Takes off the rows of what is here no more; of heartbeats in one row, some may be. */
    const cut = (oldest: number): void => {
        const first = rows.findIndex(row => lastOf(row).seq >= oldest);
        rows.splice(0, first);
        const [row] = rows;
        if (!row || row.entries[0].seq >= oldest) return;
        const [head, ...rest] = row.entries.filter(({ seq }) => seq >= oldest);
        if (head) rows[0] = { ...row, entries: [head, ...rest] };
    };
    const restart = (): void => {
        known = [];
        rows = [];
        lanes = createLanes(spans);
        sessions = new Set();
        bottom = 0;
    };

    return {
        update(entries) {
            const evicted = overlap(known, entries);
            if (evicted === undefined) restart();
            else if (evicted > 0) cut(entries[0]?.seq ?? 0);
            for (let index = known.length - (evicted ?? 0); index < entries.length; index++) {
                const entry = entries[index];
                if (entry) append(entry);
            }
            known = entries;
            const top = rows[0]?.top ?? bottom;
            return { list: rows, top, height: bottom - top, tail: lanes.tail(), sessions };
        }
    };
}

/**
 * How many entries are missing at the front of `next` that were in `known`; undefined if it does not go on from there.
 * Looks at all of them, which takes less time than laying out one in a hundred.
 */
function overlap(known: readonly WireEntry[], next: readonly WireEntry[]): number | undefined {
    const [first] = next;
    const missing = first ? known.indexOf(first) : -1;
    if (missing === -1 || known.length - missing > next.length) return undefined;
    for (let index = missing; index < known.length; index++)
        if (known[index] !== next[index - missing]) return undefined;
    return missing;
}

/** The newest entry of a row. */
export function lastOf({ entries }: Row): WireEntry {
    return entries.at(-1) ?? entries[0];
}

/** The place of the row at this height in the diagram, or of the nearest. */
export function rowAt({ list, top }: Rows, y: number): number {
    return Math.max(0, firstWhere(list, row => row.top - top > y) - 1);
}

/** The place of the row with that entry; -1 if it is in none. */
export function rowOf({ list }: Rows, seq: number): number {
    const index = firstWhere(list, row => lastOf(row).seq >= seq);
    return list[index]?.entries.some(entry => entry.seq === seq) ? index : -1;
}

/** Where a key moves the selection, which is at `at` or, if that is -1, nowhere yet; `page` is the height in sight. */
export function moveBy(key: string, at: number, rows: Rows, page: number): number | undefined {
    const last = rows.list.length - 1;
    const y = (rows.list[at]?.top ?? 0) - rows.top;
    const target = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        PageDown: Math.max(at + 1, rowAt(rows, y + page)),
        PageUp: Math.min(at - 1, rowAt(rows, y - page)),
        Home: 0,
        End: last
    }[key];
    if (target === undefined) return undefined;
    return at === -1 && key !== 'Home' ? last : Math.min(last, Math.max(0, target));
}

/** The place of the first row for which it is true, as it is for all after that; their number if it is for none. */
function firstWhere(list: readonly Row[], isTrue: (row: Row) => boolean): number {
    let from = 0;
    let to = list.length;
    while (from < to) {
        const middle = (from + to) >> 1;
        const row = list[middle];
        if (row && isTrue(row)) to = middle;
        else from = middle + 1;
    }
    return from;
}
