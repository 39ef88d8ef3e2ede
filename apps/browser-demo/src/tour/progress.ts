import type { Exchanges } from '../wire/exchanges.ts';
import { OUTCOME, type TourStep } from './steps.ts';
import type { Happening, Watch } from './watch.ts';

/** What has been done of a tour. */
export interface Progress {
    /** Returns whether the happening completed a stage. */
    note(happening: Happening): boolean;
    isDone(step: TourStep): boolean;
    /** What to point at: the first stage that is not done; if there is none, the outcome. */
    targetsOf(step: TourStep): readonly string[];
}

export function createProgress(steps: readonly TourStep[], exchanges: Exchanges): Progress {
    const pending = new Map<TourStep['stages'][number], Watch>();
    for (const { stages } of steps) {
        for (const stage of stages) pending.set(stage, stage.until(exchanges));
    }
    const nextOf = ({ stages }: TourStep) => stages.find(stage => pending.has(stage));
    return {
        note(happening) {
            const before = pending.size;
            for (const [stage, watch] of pending) if (watch(happening)) pending.delete(stage);
            return pending.size < before;
        },
        isDone: step => nextOf(step) === undefined,
        targetsOf: step => nextOf(step)?.targets ?? OUTCOME
    };
}
