import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { indexFrom, indexOfSeq } from '../../wire/entry-index.ts';
import { createMatcher, type WireFilter, wordsOf } from '../../wire/filter.ts';
import type { WireEntry } from '../../wire/wire-entry.ts';
import type { RecordStore } from './record.ts';

/** What of a record is looked at: shared by the views of the wire, so that they show the same. */
export interface WireView {
    readonly filter: Signal<WireFilter>;
    /** Whether the filter may keep something out. */
    readonly isFiltered: ReadonlySignal<boolean>;
    /** The words that are searched for, in lower case. */
    readonly words: ReadonlySignal<readonly string[]>;
    /** Whether the views stand still; the record goes on. */
    readonly isPaused: ReadonlySignal<boolean>;
    /** How many entries have come since the pause began. */
    readonly missed: ReadonlySignal<number>;
    /** The entries to show, oldest first. */
    readonly entries: ReadonlySignal<readonly WireEntry[]>;
    /** Those of them that stand by themselves in a list: the status of a POST stands beside the POST, if that is shown. */
    readonly rows: ReadonlySignal<readonly WireEntry[]>;
    /** The number of the entry in whose row that entry is shown; undefined if it is not shown. */
    rowOf(seq: number): number | undefined;
    /** The number of the entry that all views point out, if any. */
    readonly selected: Signal<number | undefined>;
    setPaused(isPaused: boolean): void;
}

export function createWireView({ wire, exchanges, revision }: RecordStore): WireView {
    const filter = signal<WireFilter>({});
    const pausedAt = signal<number | undefined>(undefined);
    const matching = computed(() => createGrowingFilter(createMatcher(filter.value)));
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
        words,
        isFiltered: computed(() => {
            const { sessions, kinds, direction } = filter.value;
            return words.value.length > 0 || !!sessions || !!kinds || !!direction;
        }),
        selected: signal<number | undefined>(undefined),
        isPaused: computed(() => pausedAt.value !== undefined),
        missed: computed(() => {
            void revision.value;
            return pausedAt.value === undefined ? 0 : wire.last - pausedAt.value;
        }),
        entries,
        rows: computed(() => {
            const all = entries.value;
            return all.filter(({ kind, seq }) => kind !== 'answered' || rowIn(all, seq) === seq);
        }),
        rowOf: seq => rowIn(entries.value, seq),
        setPaused(isPaused) {
            pausedAt.value = isPaused ? (pausedAt.value ?? wire.last) : undefined;
        }
    };
}

/** Filters a list that only ever loses its first entries and gets new ones at the end; asks each entry once. */
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
