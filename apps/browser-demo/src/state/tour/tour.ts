import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { createProgress } from '../../tour/progress.ts';
import { type TourStep, tourSteps } from '../../tour/steps.ts';
import type { Happening } from '../../tour/watch.ts';
import type { ShownRecord } from '../wire/shown-record.ts';

/** The step that the tour shows. */
interface TourPlace {
    readonly step: TourStep;
    /** The number of the step, from 1. */
    readonly at: number;
    readonly count: number;
    readonly isDone: boolean;
    /** What to point at: the names of elements. The first one that is visible counts. */
    readonly targets: readonly string[];
}

/** The tour through the page. It keeps its place until the page is closed. */
export interface Tour {
    /** Undefined while the tour is closed. */
    readonly place: ReadonlySignal<TourPlace | undefined>;
    open(): void;
    close(): void;
    back(): void;
    /** After the last step, the tour closes, and begins anew when it is opened again. */
    next(): void;
}

/** The steps follow the page's own record, also during a replay. */
export function createTour({ record: { wire, exchanges }, replay }: Pick<ShownRecord, 'record' | 'replay'>): Tour {
    const isOpen = signal(false);
    const index = signal(0);
    const revision = signal(0);
    let progress = createProgress(tourSteps, exchanges);
    let isFollowing = false;

    const note = (happening: Happening): void => {
        if (progress.note(happening)) revision.value++;
    };
    /** Nothing is watched before the tour is opened for the first time. */
    const follow = (): void => {
        if (isFollowing) return;
        isFollowing = true;
        for (const entry of wire.entries()) note(entry);
        wire.subscribe({
            added: note,
            cleared() {
                progress = createProgress(tourSteps, exchanges);
                revision.value++;
            }
        });
        effect(() => {
            if (replay.value) untracked(() => note({ kind: 'replay' }));
        });
    };

    const place = computed((): TourPlace | undefined => {
        void revision.value;
        const step = tourSteps[index.value];
        if (!isOpen.value || !step) return undefined;
        return {
            step,
            at: index.value + 1,
            count: tourSteps.length,
            isDone: progress.isDone(step),
            targets: progress.targetsOf(step)
        };
    });
    const close = (): void => {
        isOpen.value = false;
    };
    return {
        place,
        close,
        open() {
            follow();
            isOpen.value = true;
        },
        back() {
            index.value = Math.max(0, index.value - 1);
        },
        next() {
            index.value = (index.value + 1) % tourSteps.length;
            if (index.value === 0) close();
        }
    };
}
