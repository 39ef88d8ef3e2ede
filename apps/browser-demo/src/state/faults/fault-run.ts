import { type ReadonlySignal, signal } from '@preact/signals';
import { addStep, type Step, type StepKind } from '../../faults/fault-steps.ts';
import type { Message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import type { PostAnswer } from '../../mcp/transport/transport.ts';
import type { WireEntry } from '../../wire/wire-entry.ts';
import type { RecordStore } from '../wire/record.ts';

/** Something that is made to go wrong, and what comes of it. */
export interface FaultRun {
    readonly state: ReadonlySignal<FaultRunState>;
    /**
     * Follows the record while `act` is under way. Until it is over, another one does not begin.
     *
     * @param kinds the steps that tell something here.
     */
    run(kinds: readonly StepKind[], act: (until: Until) => Promise<PostAnswer | undefined>): Promise<void>;
    /** Follows the record no more. */
    stop(): void;
}

/** Resolves once so many steps of these kinds have been seen. */
export type Until = (kinds: readonly StepKind[], count?: number) => Promise<undefined>;

export interface FaultRunState {
    status: 'none' | 'running' | 'over';
    steps: readonly Step[];
    /** What a POST in disguise was answered. */
    answer?: PostAnswer;
    /** Why it could not be tried, or what became of its call. */
    reason?: Message | string;
}

const NONE: FaultRunState = { status: 'none', steps: [] };

/** @param follows whether a session's entries belong to it. */
export function createFaultRun({ wire, now }: RecordStore, follows: (session: string) => boolean): FaultRun {
    const state = signal(NONE);
    let unsubscribe = () => {};

    return {
        state,
        stop: () => unsubscribe(),
        async run(kinds, act) {
            if (state.value.status === 'running') return;
            const began = now();
            const listeners = new Set<(kind: StepKind) => void>();
            const added = (entry: WireEntry): void => {
                if (!follows(entry.session)) return;
                const [step] = addStep([], entry, began);
                if (!step) return;
                const { steps } = state.value;
                if (kinds.includes(step.kind)) state.value = { ...state.value, steps: addStep(steps, entry, began) };
                for (const listener of [...listeners]) listener(step.kind);
            };
            const until: Until = (wanted, count = 1) =>
                new Promise(resolve => {
                    let missing = count;
                    const listener = (kind: StepKind): void => {
                        if (!wanted.includes(kind) || --missing > 0) return;
                        listeners.delete(listener);
                        resolve(undefined);
                    };
                    listeners.add(listener);
                });
            unsubscribe = wire.subscribe({ added });
            state.value = { status: 'running', steps: [] };
            try {
                const answer = await act(until);
                state.value = { ...state.value, status: 'over', ...(answer && { answer }) };
            } catch (error) {
                state.value = { ...state.value, status: 'over', reason: reasonOf(error) };
            }
            unsubscribe();
        }
    };
}
