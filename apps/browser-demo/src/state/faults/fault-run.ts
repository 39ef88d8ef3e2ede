import { type ReadonlySignal, signal } from '@preact/signals';
import { addStep, type Step, type StepKind } from '../../faults/fault-steps.ts';
import type { Message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import type { PostAnswer } from '../../mcp/transport/post.ts';
import type { WireEntry } from '../../wire/wire-entry.ts';
import type { RecordStore } from '../wire/record.ts';

/** Runs a fault and shows the steps that follow. */
export interface FaultRun {
    readonly state: ReadonlySignal<FaultRunState>;
    /**
     * Runs `act` and collects steps from the record until it settles. Does nothing while another run is in progress.
     *
     * @param kinds the kinds of steps to show.
     */
    run(kinds: readonly StepKind[], act: (until: Until) => Promise<PostAnswer | undefined>): Promise<void>;
    /** Stops following the record. */
    stop(): void;
}

/** Resolves after `count` steps of these kinds. */
export type Until = (kinds: readonly StepKind[], count?: number) => Promise<undefined>;

export interface FaultRunState {
    status: 'none' | 'running' | 'over';
    steps: readonly Step[];
    /** The answer to a probe. */
    answer?: PostAnswer;
    /** Why the fault could not be injected, or why its call failed. */
    reason?: Message | string;
}

const NONE: FaultRunState = { status: 'none', steps: [] };

/** @param follows whether the entries of a session belong to this run. */
export function createFaultRun({ wire, bands, now }: RecordStore, follows: (session: string) => boolean): FaultRun {
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
                const isAttempt = bands.of(entry.seq).length === 0;
                const [step] = addStep([], entry, began, isAttempt);
                if (!step) return;
                const { steps } = state.value;
                if (kinds.includes(step.kind))
                    state.value = { ...state.value, steps: addStep(steps, entry, began, isAttempt) };
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
