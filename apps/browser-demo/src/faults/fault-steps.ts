import type { WireEntry } from '../wire/wire-entry.ts';

/** The kinds of steps that can follow a fault. */
export type StepKind =
    | 'dropped'
    | 'attempt'
    | 'opened'
    | 'resumed'
    | 'replaced'
    | 'closed'
    | 'posted'
    | 'answered'
    | 'declined'
    | 'unanswered'
    | 'replied';

/** One step, or several equal steps in a row. */
export interface Step {
    readonly kind: StepKind;
    /** Milliseconds from the start of the fault to the first of them. */
    readonly after: number;
    readonly count: number;
    /**
     * The `Last-Event-ID` of a stream, the method of a POST, the status of an answer, or `response` of a reply in the response
     * to its POST; otherwise empty.
     */
    readonly detail: string;
}

/**
 * Adds the step of an entry. Returns the same array if the entry is not a step.
 *
 * @param isAttempt whether a `dropped` ended no stream: a request for the stream failed.
 */
export function addStep(steps: readonly Step[], entry: WireEntry, began: number, isAttempt = false): readonly Step[] {
    const found = toStep(entry, isAttempt);
    if (!found) return steps;
    const [kind, detail] = found;
    const last = steps.at(-1);
    if (last?.kind === kind && last.detail === detail) {
        return [...steps.slice(0, -1), { ...last, count: last.count + 1 }];
    }
    return [...steps, { kind, after: Math.max(0, entry.at - began), count: 1, detail }];
}

function toStep(entry: WireEntry, isAttempt: boolean): [kind: StepKind, detail: string] | undefined {
    switch (entry.kind) {
        case 'ended':
            return entry.detail === undefined ? undefined : ['dropped', ''];
        case 'declined':
            return ['declined', `${entry.status} ${entry.statusText}`.trim()];
        case 'dropped':
            return [isAttempt ? 'attempt' : 'dropped', ''];
        case 'closed':
            // The page closes an old session to begin a new one.
            return [entry.detail === 'session-replaced' ? 'replaced' : 'closed', ''];
        case 'resumed':
        case 'replaced':
            return [entry.kind, ''];
        case 'opened':
            return ['opened', entry.lastEventId];
        case 'post':
            // What the page does by itself is not part of the fault.
            return entry.automatic ? undefined : ['posted', entry.rpc && 'method' in entry.rpc ? entry.rpc.method : ''];
        case 'answered':
            return entry.status === 0 ? ['unanswered', ''] : ['answered', `${entry.status} ${entry.statusText}`.trim()];
        case 'json':
        case 'event':
            return entry.rpc?.kind === 'result' || entry.rpc?.kind === 'error'
                ? ['replied', placeOf(entry)]
                : undefined;
        default:
            return undefined;
    }
}

function placeOf(entry: WireEntry): string {
    return entry.kind === 'json' || (entry.kind === 'event' && entry.post !== undefined) ? 'response' : '';
}
