import type { WireEntry } from '../wire-entry.ts';

/** What is in a fold. It is kept up to date, because counting a long fold again for each entry would take long. */
export interface Tally {
    /** How often each method occurs, in the order of their first entries. */
    readonly methods: ReadonlyMap<string, number>;
    readonly heartbeats: number;
    /** The failed attempts to open a stream. */
    readonly attempts: number;
    readonly messages: number;
}

export interface GrowingTally extends Tally {
    add(entry: WireEntry): void;
    /** An entry was evicted. */
    remove(entry: WireEntry): void;
}

export function createTally(): GrowingTally {
    const methods = new Map<string, number>();
    const tally = { methods, heartbeats: 0, attempts: 0, messages: 0 };
    const change = ({ kind, rpc }: WireEntry, by: 1 | -1): void => {
        if (kind === 'comment') tally.heartbeats += by;
        else tally.messages += by;
        if (kind === 'dropped' || kind === 'ended') tally.attempts += by;
        if (!rpc || !('method' in rpc)) return;
        const times = (methods.get(rpc.method) ?? 0) + by;
        if (times > 0) methods.set(rpc.method, times);
        else methods.delete(rpc.method);
    };
    return Object.assign(tally, {
        add: (entry: WireEntry) => change(entry, 1),
        remove: (entry: WireEntry) => change(entry, -1)
    });
}
