import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createMatcher, type WireFilter } from '../model/filter.ts';
import type { WireEntry } from '../model/wire-fact.ts';
import type { RecordStore } from './record.ts';

/** What of a record is looked at: shared by the views of the wire, so that they show the same. */
export interface WireView {
    readonly filter: Signal<WireFilter>;
    /** Whether the views stand still; the record goes on. */
    readonly isPaused: ReadonlySignal<boolean>;
    /** How many entries have come since the pause began. */
    readonly missed: ReadonlySignal<number>;
    /** The entries to show, oldest first. */
    readonly entries: ReadonlySignal<readonly WireEntry[]>;
    /** The number of the entry that all views point out, if any. */
    readonly selected: Signal<number | undefined>;
    setPaused(isPaused: boolean): void;
}

export function createWireView({ wire, revision }: RecordStore): WireView {
    const filter = signal<WireFilter>({});
    const pausedAt = signal<number | undefined>(undefined);
    const matches = computed(() => createMatcher(filter.value));
    return {
        filter,
        selected: signal<number | undefined>(undefined),
        isPaused: computed(() => pausedAt.value !== undefined),
        missed: computed(() => {
            void revision.value;
            return pausedAt.value === undefined ? 0 : wire.last - pausedAt.value;
        }),
        entries: computed(() => {
            void revision.value;
            return wire.entries(pausedAt.value).filter(matches.value);
        }),
        setPaused(isPaused) {
            pausedAt.value = isPaused ? (pausedAt.value ?? wire.last) : undefined;
        }
    };
}
