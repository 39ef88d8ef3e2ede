import { type Signal, signal } from '@preact/signals';
import type { WireEntry } from '../../../wire/wire-entry.ts';

/** How a row shows its text. */
export type Way = 'short' | 'all' | 'pretty';

/** What the user set in a row. It is kept when the row leaves the document. */
export interface RowState {
    way: Signal<Way>;
    hasHeaders: Signal<boolean>;
    /** The message that the user edits, to send it again; undefined if the user edits none. */
    draft: Signal<string | undefined>;
}

/** Returns the state of each row. */
export function createRowStates(): (entry: WireEntry) => RowState {
    const states = new WeakMap<WireEntry, RowState>();
    return entry => {
        const known = states.get(entry);
        if (known) return known;
        const state: RowState = { way: signal<Way>('short'), hasHeaders: signal(false), draft: signal(undefined) };
        states.set(entry, state);
        return state;
    };
}
