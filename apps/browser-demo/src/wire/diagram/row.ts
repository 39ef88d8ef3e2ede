import type { WireEntry } from '../wire-entry.ts';
import type { FoldKind } from './folds.ts';
import type { LifeLines } from './lanes.ts';
import type { Tally } from './tally.ts';

/** The kind of a row, which determines its height. */
export type RowKind = 'arrow' | 'answer' | 'tick' | 'note' | 'break' | 'fold';

/** Consecutive entries that share a row until the user opens it. */
export interface Fold {
    readonly kind: FoldKind;
    /** The number of its first entry, also after that entry was evicted. */
    readonly id: number;
    /** Whether each entry has a row of its own. */
    readonly isOpen: boolean;
    readonly tally: Tally;
}

/** One row of the diagram: one entry, or several consecutive entries of a fold. */
export interface Row {
    readonly kind: RowKind;
    /** The number of the first entry. */
    readonly seq: number;
    readonly entries: readonly [WireEntry, ...WireEntry[]];
    /** The sessions of its entries, sorted. */
    readonly sessions: readonly string[];
    /** The fold that it stands for, or that it is part of. */
    readonly fold: Fold | undefined;
    /** Milliseconds since the entry before; undefined for the first. */
    readonly since: number | undefined;
    readonly lines: LifeLines;
}

/** The newest entry of a row. */
export function lastOf({ entries }: Row): WireEntry {
    return entries.at(-1) ?? entries[0];
}
