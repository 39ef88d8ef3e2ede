import { indexFrom, indexOfSeq } from '../entry-index.ts';
import type { Exchanges } from '../exchanges.ts';
import type { WireEntry } from '../wire-entry.ts';
import type { Bands } from './bands.ts';
import { createFolds, type FoldKind } from './folds.ts';
import { createLanes, joinLines, type LifeLines } from './lanes.ts';
import type { Spans } from './spans.ts';

/** The kind of a row, which determines its height. */
export type RowKind = 'arrow' | 'answer' | 'tick' | 'note' | 'break' | 'fold';

/** Consecutive entries that share a row until the user opens it. */
export interface Fold {
    readonly kind: FoldKind;
    /** The number of its first entry, also after that entry was evicted. */
    readonly id: number;
    /** Whether each entry has a row of its own. */
    readonly isOpen: boolean;
}

/** One row of the diagram: one entry, or several consecutive entries of a fold. */
export interface Row {
    readonly kind: RowKind;
    /** The number of the first entry. */
    readonly seq: number;
    readonly entries: readonly [WireEntry, ...WireEntry[]];
    readonly fold: Fold | undefined;
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
        case 'reconnecting':
        case 'post':
        case 'event':
        case 'json':
            return 'arrow';
        case 'answered':
            return entry.status === 0 ? 'note' : 'answer';
        case 'opened':
        case 'declined':
            return 'answer';
        case 'ended':
            return entry.detail === undefined ? 'note' : 'break';
        case 'comment':
        case 'retry':
            return 'tick';
        case 'dropped':
            return 'break';
        default:
            return 'note';
    }
}

/** What the rows are made of. */
export interface RowParts {
    readonly exchanges: Exchanges;
    readonly spans: Spans;
    readonly bands: Bands;
}

/**
 * Returns the rows of entries, oldest first: each entry is in one row. If entries were only added or evicted since the
 * last call, the rows of the others are kept.
 */
export function createRows({
    exchanges,
    spans,
    bands
}: RowParts): (entries: readonly WireEntry[], unfolded?: ReadonlySet<number>) => Rows {
    let known: readonly WireEntry[] = [];
    let open: ReadonlySet<number> = new Set();
    let rows: Row[] = [];
    let lanes = createLanes(spans, bands);
    let folds = createFolds(exchanges, bands);
    let sessions = new Set<string>();

    const append = (entry: WireEntry): void => {
        sessions.add(entry.session);
        const before = rows.at(-1);
        const kind = folds.next(entry);
        const lines = lanes.next(entry);
        const fold =
            kind && before && continues(before, kind, entry) ? (before.fold ?? begin(kind, before.seq)) : undefined;
        if (before && fold && !fold.isOpen) return join(before, fold, entry, lines);
        const since = before && entry.at - lastOf(before).at;
        const own = fold ?? (kind && begin(kind, entry.seq));
        rows.push({
            kind: kind === 'attempts' ? 'note' : kindOf(entry),
            seq: entry.seq,
            entries: [entry],
            fold: own,
            since,
            lines
        });
    };
    const begin = (kind: FoldKind, id: number): Fold => ({ kind, id, isOpen: open.has(id) });
    const join = (before: Row, fold: Fold, entry: WireEntry, lines: LifeLines): void => {
        // The row grows in place: a copy for each entry would take time with the square of their number.
        push(before, entry);
        const joined = { ...before, fold, lines: joinLines(before.lines, lines, before.entries[0]) };
        rows[rows.length - 1] = { ...joined, kind: kindOfFold(joined) };
        if (fold.kind === 'attempts') joinAttempts();
    };
    /** An attempt joins the failed attempts before it only when it has failed as well. */
    const joinAttempts = (): void => {
        const [before, last] = rows.slice(-2);
        if (!last || before?.fold?.kind !== 'attempts' || before.fold.isOpen) return;
        push(before, ...last.entries);
        const lines = joinLines(before.lines, last.lines, before.entries[0]);
        rows.splice(-2, 2, { ...before, kind: 'fold', lines });
    };
    /** Removes the rows of evicted entries. In a fold, only some may be evicted. */
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
        lanes = createLanes(spans, bands);
        folds = createFolds(exchanges, bands);
        sessions = new Set();
    };

    return (entries, unfolded = open) => {
        const evicted = unfolded === open ? overlap(known, entries) : undefined;
        open = unfolded;
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

function push({ entries }: Row, ...more: WireEntry[]): void {
    (entries as [WireEntry, ...WireEntry[]]).push(...more);
}

/** Whether an entry of a fold belongs to the row before it. */
function continues(before: Row, kind: FoldKind, { session }: WireEntry): boolean {
    if (before.fold) return before.fold.kind === kind || (before.fold.kind === 'background' && kind === 'heartbeats');
    // An attempt to open the stream again, and its failure.
    const [request] = before.entries;
    return kind === 'attempts' && request.kind === 'reconnecting' && request.session === session;
}

function kindOfFold({ entries, fold }: Row): RowKind {
    if (fold?.kind === 'heartbeats') return 'tick';
    const [first] = entries;
    return entries.length === 2 && first.kind === 'reconnecting' ? 'arrow' : 'fold';
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
    return indexOfSeq(list[index]?.entries ?? [], seq) === -1 ? -1 : index;
}
