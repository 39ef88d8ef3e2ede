import { indexFrom } from '../entry-index.ts';
import type { WireEntry } from '../wire-entry.ts';
import { createLanes, type LifeLines } from './lanes.ts';
import type { Spans } from './spans.ts';

/** The kind of a row, which determines its height. */
export type RowKind = 'arrow' | 'answer' | 'tick' | 'note' | 'break';

/** One row of the diagram: one entry, or several consecutive heartbeats. */
export interface Row {
    readonly kind: RowKind;
    /** The number of the first entry. */
    readonly seq: number;
    readonly entries: readonly [WireEntry, ...WireEntry[]];
    /** Milliseconds since the row before; undefined for the first. */
    readonly since: number | undefined;
    readonly lines: LifeLines;
}

export interface Rows {
    readonly list: readonly Row[];
    /** The life lines below the last row. */
    readonly tail: LifeLines;
    /** The sessions that have, or had, rows. */
    readonly sessions: ReadonlySet<string>;
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

/**
 * Returns the rows of entries, oldest first. If entries were only added or evicted since the last call, the rows of the
 * others are kept.
 */
export function createRows(spans: Spans): (entries: readonly WireEntry[]) => Rows {
    let known: readonly WireEntry[] = [];
    let rows: Row[] = [];
    let lanes = createLanes(spans);
    let sessions = new Set<string>();

    const append = (entry: WireEntry): void => {
        sessions.add(entry.session);
        const before = rows.at(-1);
        if (before && entry.kind === 'comment' && before.entries[0].kind === 'comment') {
            rows[rows.length - 1] = { ...before, entries: [...before.entries, entry] };
            return;
        }
        const since = before && entry.at - (before.entries.at(-1) ?? entry).at;
        rows.push({ kind: kindOf(entry), seq: entry.seq, entries: [entry], since, lines: lanes.next(entry) });
    };
    /** Removes the rows of evicted entries. In a row of heartbeats, only some may be evicted. */
    const cut = (oldest: number): void => {
        const first = rows.findIndex(row => lastOf(row).seq >= oldest);
        rows.splice(0, first);
        const [row] = rows;
        if (!row || row.seq >= oldest) return;
        const [head, ...rest] = row.entries.filter(({ seq }) => seq >= oldest);
        if (head) rows[0] = { ...row, seq: head.seq, entries: [head, ...rest] };
    };
    const restart = (): void => {
        known = [];
        rows = [];
        lanes = createLanes(spans);
        sessions = new Set();
    };

    return entries => {
        const evicted = overlap(known, entries);
        if (evicted === undefined) restart();
        else if (evicted > 0) cut(entries[0]?.seq ?? 0);
        for (let index = known.length - (evicted ?? 0); index < entries.length; index++) {
            const entry = entries[index];
            if (entry) append(entry);
        }
        known = entries;
        return { list: [...rows], tail: lanes.tail(), sessions };
    };
}

/**
 * How many entries of `known` were evicted at the front of `next`; undefined if `next` does not continue `known`.
 * Comparing all entries takes less time than the layout of one in a hundred.
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

/** The index of the row with that entry; -1 if there is none. */
export function rowOf(list: readonly Row[], seq: number): number {
    const index = indexFrom(list, seq + 1) - 1;
    return list[index]?.entries.some(entry => entry.seq === seq) ? index : -1;
}
