import type { WireEntry } from '../wire/wire-entry.ts';

/** The kinds of steps that can follow a fault. */
export type StepKind =
    | 'dropped'
    | 'opened'
    | 'resumed'
    | 'replaced'
    | 'closed'
    | 'posted'
    | 'answered'
    | 'unanswered'
    | 'replied';

/** One step, or several equal steps in a row. */
export interface Step {
    readonly kind: StepKind;
    /** Milliseconds from the start of the fault to the first of them. */
    readonly after: number;
    readonly count: number;
    /** The `Last-Event-ID` of a stream, the method of a POST or the status of an answer; otherwise empty. */
    readonly detail: string;
}

/** Adds the step of an entry. Returns the same array if the entry is not a step. */
export function addStep(steps: readonly Step[], entry: WireEntry, began: number): readonly Step[] {
    const found = toStep(entry);
    if (!found) return steps;
    const [kind, detail] = found;
    const last = steps.at(-1);
    if (last?.kind === kind && last.detail === detail) {
        return [...steps.slice(0, -1), { ...last, count: last.count + 1 }];
    }
    return [...steps, { kind, after: Math.max(0, entry.at - began), count: 1, detail }];
}

function toStep(entry: WireEntry): [kind: StepKind, detail: string] | undefined {
    switch (entry.kind) {
        case 'dropped':
        case 'closed':
        case 'resumed':
        case 'replaced':
            return [entry.kind, ''];
        case 'opened':
            return ['opened', entry.lastEventId];
        case 'post':
            return ['posted', entry.rpc && 'method' in entry.rpc ? entry.rpc.method : ''];
        case 'answered':
            return entry.status === 0 ? ['unanswered', ''] : ['answered', `${entry.status} ${entry.statusText}`.trim()];
        case 'event':
            return entry.rpc?.kind === 'result' || entry.rpc?.kind === 'error' ? ['replied', ''] : undefined;
        default:
            return undefined;
    }
}
