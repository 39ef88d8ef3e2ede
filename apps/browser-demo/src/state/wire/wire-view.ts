import { computed, signal } from '@preact/signals';
import { indexFrom, indexOfSeq } from '../../wire/entry-index.ts';
import { createMatcher, type WireFilter, wordsOf } from '../../wire/filter.ts';
import type { WireEntry } from '../../wire/wire-entry.ts';
import type { RecordStore } from './record.ts';

/** The visible part of a record. The views of the wire share it, so that they show the same entries. */
export type WireView = ReturnType<typeof createWireView>;

export function createWireView({ wire, exchanges, revision }: RecordStore) {
    const filter = signal<WireFilter>({});
    const pausedAt = signal<number | undefined>(undefined);
    const matching = computed(() =>
        createGrowingFilter(createMatcher(filter.value, ({ seq }) => exchanges.of(seq)?.sent))
    );
    const words = computed(() => wordsOf(filter.value.text));
    const entries = computed(() => {
        void revision.value;
        return matching.value(wire.entries(pausedAt.value));
    });
    const rowIn = (all: readonly WireEntry[], seq: number): number | undefined => {
        const exchange = exchanges.of(seq);
        const post = exchange?.answered?.seq === seq ? exchange.sent.seq : undefined;
        return [post, seq].find(number => number !== undefined && indexOfSeq(all, number) !== -1);
    };
    return {
        filter,
        /** The search words, in lower case. */
        words,
        /** Whether a filter is set. */
        isFiltered: computed(() => {
            const { sessions, kinds, direction } = filter.value;
            return words.value.length > 0 || !!sessions || !!kinds || !!direction;
        }),
        /** The number of the entry that all views highlight, if any. */
        selected: signal<number | undefined>(undefined),
        /** The number of the entry in the diagram that the pointer is on, if any. */
        pointed: signal<number | undefined>(undefined),
        /** The folds of the diagram that the user has opened, by their ids. */
        unfolded: signal<ReadonlySet<number>>(new Set()),
        /** Whether the views are paused. The record continues. */
        isPaused: computed(() => pausedAt.value !== undefined),
        /** The number of entries since the pause began. */
        missed: computed(() => {
            void revision.value;
            return pausedAt.value === undefined ? 0 : wire.last - pausedAt.value;
        }),
        /** The entries to show, oldest first. */
        entries,
        /**
         * The entries with a row of their own in the list. The status of a POST is shown next to the POST if that is
         * visible.
         */
        rows: computed(() => {
            const all = entries.value;
            return all.filter(({ kind, seq }) => kind !== 'answered' || rowIn(all, seq) === seq);
        }),
        /** The number of the entry whose row shows that entry; undefined if it is not shown. */
        rowOf: (seq: number) => rowIn(entries.value, seq),
        setPaused(isPaused: boolean): void {
            pausedAt.value = isPaused ? (pausedAt.value ?? wire.last) : undefined;
        }
    };
}

/** Filters a list that loses entries only at the front and gets new ones only at the end. Checks each entry once. */
function createGrowingFilter(isWanted: (entry: WireEntry) => boolean) {
    let last = 0;
    let wanted: WireEntry[] = [];
    return (all: readonly WireEntry[]): readonly WireEntry[] => {
        const newest = all.at(-1)?.seq ?? 0;
        const kept = wanted.slice(indexFrom(wanted, all[0]?.seq ?? newest + 1), indexFrom(wanted, newest + 1));
        wanted = [...kept, ...all.slice(indexFrom(all, last + 1)).filter(isWanted)];
        last = newest;
        return wanted;
    };
}
